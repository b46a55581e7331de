#!/usr/bin/env bash
# Prints a software bill of materials (CycloneDX 1.6) of what the programs under src are built from, by their lock files.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
# Licences are in the list that a test keeps up to date.
licences=$(sed -n 's/^| \([^ |]*\) | \([^ |]*\) | \([^|]*\) |$/\1@\2 \3/p' THIRD-PARTY.md \
  | jq -R -n '[inputs | capture("^(?<key>\\S+) (?<value>.*)$")] | from_entries')

jq -n --arg version "$version" --argjson licences "$licences" '
  [inputs.dependencies[] | to_entries[] | select(.value.type != "Project")]
  | unique_by([.key, .value.resolved])
  | map({
      type: "library",
      name: .key,
      version: .value.resolved,
      purl: "pkg:nuget/\(.key)@\(.value.resolved)",
      "bom-ref": "pkg:nuget/\(.key)@\(.value.resolved)",
      licenses: [{expression: $licences["\(.key)@\(.value.resolved)"]}]
    })
  | {
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: {component: {type: "application", name: "OrleansSync", version: $version}},
      components: .
    }' src/*/packages.lock.json
