#!/usr/bin/env bash
# Builds everything, checks the formatting and runs all tests; installs what they need where it is missing.
# Usage: ./test.sh [FILTER]   FILTER: an expression for dotnet test --filter
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=Release
filter=${1:-}
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    echo "Not root and no sudo: run as root once: $*" >&2
    return 1
  fi
}

need_postgres() {
  [ -n "${ORLEANSSYNC_TEST_POSTGRES:-}" ] && return
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return
  echo "== Installing PostgreSQL"
  # Only the programs: the tests start servers of their own.
  as_root mkdir -p /etc/postgresql-common
  as_root sh -c 'echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf'
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
}

need_compose() {
  command -v docker-compose >/dev/null && return
  echo "== Installing docker-compose, to check docker-compose.yml"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends docker-compose
}

command -v dotnet >/dev/null || { echo "The .NET SDK 10 is missing: see https://dotnet.microsoft.com/download" >&2; exit 1; }
if command -v apt-get >/dev/null; then
  need_postgres
  need_compose
fi

echo "== Building"
dotnet restore OrleansSync.sln --locked-mode
dotnet build OrleansSync.sln --no-restore -c "$configuration" -v quiet

echo "== Formatting"
dotnet format whitespace OrleansSync.sln --no-restore --verify-no-changes

passed=0 failed=0 skipped=0 broken=0
for project in tests/*/*.Tests.csproj tests/EndToEnd/EndToEnd.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  arguments=(--no-build -c "$configuration" --logger "console;verbosity=normal")
  [ -n "$filter" ] && arguments+=(--filter "$filter")
  status=0
  dotnet test "$project" "${arguments[@]}" > "$log/$name" 2>&1 || status=$?
  grep -E '^\s+(Failed|Skipped) ' "$log/$name" || true
  count() { sed -n "s/^ *$1: *\([0-9]*\)\$/\1/p" "$log/$name" | tail -n 1; }
  p=$(count Passed) f=$(count Failed) s=$(count Skipped)
  echo "   ${p:-0} passed, ${f:-0} failed, ${s:-0} skipped"
  if [ "$status" -ne 0 ]; then
    cat "$log/$name"
    # A run that broke off without counting anything is a failure too.
    [ "${f:-0}" -gt 0 ] || broken=$((broken + 1))
  fi
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
done

failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
