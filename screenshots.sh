#!/usr/bin/env bash
# Makes the pictures of the web pages in docs/images, light, dark and as on a phone, from the demo. Needs Chromium; ./test.sh installs it.
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ORLEANSSYNC_SCREENSHOTS=$PWD/docs/images
mkdir -p "$ORLEANSSYNC_SCREENSHOTS"
dotnet build tests/Browser/Browser.csproj -c Release -v quiet
dotnet test tests/Browser/Browser.csproj --no-build -c Release --filter FullyQualifiedName~AllPagesTests
