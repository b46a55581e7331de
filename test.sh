#!/usr/bin/env bash
# Builds everything, checks the formatting and runs all tests; installs what they need where it is missing.
# Usage: ./test.sh [FILTER]                   FILTER: an expression for dotnet test --filter
#        ./test.sh quick [FILTER]             only the suites that start no processes, for everyday work: two minutes beside the build
#        ./test.sh faults [--seed N] [--points N] [--kind KIND]
#                                             the long fault tests: kills, frozen silos, rolling restarts; more than an hour.
#                                             Any option runs kills alone, of the kinds embedded and cluster (first imports)
#                                             unless KIND says another: disconnect, disconnect-cluster, connect, update, batch
#        ./test.sh soak [--minutes N] [--accounts N] [--seed N]
#                                             many accounts at the shortest period, for a while
#        ./test.sh pages                      measures pages of the demo with Lighthouse; some minutes, with nothing else on the machine
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=Release
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    echo "Not root and no sudo: run as root once: $*" >&2
    return 1
  fi
}

install() {
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# A package, what it is for, and the programs of which one is enough.
need() {
  local package=$1 why=$2 program
  shift 2
  for program; do command -v "$program" >/dev/null && return; done
  echo "== Installing $package, to $why"
  install "$package"
}

need_chromium() {
  need chromium "test the web pages" chromium chromium-browser google-chrome
}

usage() {
  sed -n '3,11s/^# \{0,1\}//p' "$0"
}

mistake() {
  echo "Unknown argument: $1" >&2
  usage >&2
  exit 2
}

need_postgres() {
  [ -n "${ORLEANSSYNC_TEST_POSTGRES:-}" ] && return
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return
  echo "== Installing PostgreSQL"
  # Only the programs: the tests start servers of their own.
  as_root mkdir -p /etc/postgresql-common
  as_root sh -c 'echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf'
  install postgresql
}

need_server() {
  [ -x "/usr/sbin/$1" ] || command -v "$1" >/dev/null && return
  echo "== Installing $1, to $2"
  install "$1"
  # Only the program: the tests start servers of their own.
  if [ -d /run/systemd/system ]; then as_root systemctl disable --now "$1"; fi
}

# What npm brings, in a folder of artifacts/ at the versions of a lock file.
need_npm() {
  local from=$1 to=artifacts/$2
  if ! command -v npm >/dev/null; then
    echo "== Installing Node.js"
    install nodejs npm
  fi
  cmp -s "$from/package-lock.json" "$to/installed.json" && return
  mkdir -p "$to"
  cp "$from/package.json" "$from/package-lock.json" "$to/"
  (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$to/package-lock.json" "$to/installed.json"
}

# The programs of tests/Faults by themselves, telling how far they are. Their tables are in artifacts/.
long_tests() {
  local report=$PWD/artifacts/$1.md
  shift
  echo "== Building"
  dotnet build tests/Faults/Faults.csproj -c "$configuration" -v quiet
  mkdir -p artifacts
  rm -f "$report"
  local status=0
  ORLEANSSYNC_FAULTS_REPORT=$report dotnet exec "tests/Faults/bin/$configuration/net10.0/OrleansSync.Faults.dll" \
    -diagnostics -parallel none "$@" || status=$?
  if [ -f "$report" ]; then cat "$report"; fi
  return "$status"
}

faults() {
  local selection=(-trait Length=Long)
  while [ $# -gt 0 ]; do
    case "$1 ${2:-}" in
      --seed\ [0-9]*) export ORLEANSSYNC_FAULTS_SEED=$2 ;;
      --points\ [0-9]*) export ORLEANSSYNC_FAULTS_POINTS=$2 ;;
      --kind\ embedded | --kind\ cluster | --kind\ disconnect | --kind\ disconnect-cluster | --kind\ connect \
        | --kind\ update | --kind\ batch)
        selection=(-trait "Kind=$2")
        ;;
      *) mistake "$1" ;;
    esac
    [ "${selection[1]}" = Length=Long ] && selection=(-trait Kind=embedded -trait Kind=cluster)
    shift 2
  done
  long_tests faults "${selection[@]}"
}

soak() {
  while [ $# -gt 0 ]; do
    case "$1 ${2:-}" in
      --minutes\ [0-9]*) export ORLEANSSYNC_SOAK_MINUTES=$2 ;;
      --accounts\ [0-9]*) export ORLEANSSYNC_SOAK_ACCOUNTS=$2 ;;
      --seed\ [0-9]*) export ORLEANSSYNC_FAULTS_SEED=$2 ;;
      *) mistake "$1" ;;
    esac
    shift 2
  done
  long_tests soak -trait Length=Soak
}

# How the pages do in a browser's eyes. The reports are in artifacts/pages.
pages() {
  [ $# -eq 0 ] || mistake "$1"
  if command -v apt-get >/dev/null; then need_chromium; fi
  need_npm tests/Browser/Lighthouse lighthouse
  echo "== Building"
  dotnet build src/Api/Api.csproj -c "$configuration" -v quiet
  # Beside what they import.
  cp tests/Browser/Lighthouse/*.mjs artifacts/lighthouse/
  echo "== Measuring"
  node artifacts/lighthouse/measure.mjs "src/Api/bin/$configuration/net10.0/OrleansSync.Api.dll" artifacts/pages
}

case "${1:-}" in
  -h | --help)
    usage
    exit
    ;;
  -*) mistake "$1" ;;
esac

# Those that take longest come first.
starting_processes=(EndToEnd Browser Storage.Tests Faults)
mapfile -t suites < <(basename -as .csproj tests/*/*.csproj | grep -vxF "$(printf '%s\n' "${starting_processes[@]}")")
if [ "${1:-}" = quick ]; then
  shift
  starting_processes=()
fi

command -v dotnet >/dev/null || { echo "The .NET SDK 10 is missing: see https://dotnet.microsoft.com/download" >&2; exit 1; }
if [ "${1:-}" = pages ]; then
  "$@"
  exit
fi

if command -v apt-get >/dev/null && [ "${#starting_processes[@]}" -gt 0 ]; then
  need_postgres
  need_server pgbouncer "test the storage behind a pooler"
  need docker-compose "check docker-compose.yml" docker-compose
  need_chromium
  need_server nginx "test the web pages behind a proxy"
fi

case "${1:-}" in
  faults | soak)
    "$@"
    exit
    ;;
esac

filter=${1:-}
echo "== Building"
need_npm tests/Api.Tests/OpenApi/Spectral spectral > "$log/spectral" 2>&1 &
spectral=$!
dotnet restore OrleansSync.sln --locked-mode
# With one compiler for all projects, whatever the environment says: with one for each a build takes about twice as long.
dotnet build OrleansSync.sln --no-restore -c "$configuration" -v quiet -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler > /dev/null
wait "$spectral" || { cat "$log/spectral" >&2; exit 1; }

echo "== Formatting"
dotnet format whitespace . --folder --verify-no-changes
if LC_ALL=C.UTF-8 grep -rnE '^.{141,}' --exclude-dir={obj,bin,artifacts,.git} --include=*.{cs,razor,js,css,sh,csproj,props,yml} \
  --exclude=*.min.js .; then
  echo "These lines are longer than 140 columns." >&2
  exit 1
fi

# Tests start hundreds of short processes, which end before code that is compiled well, or the profile that the runtime would gather in
# them, pays: a quarter of the processor time.
export DOTNET_TieredPGO=0 DOTNET_TC_QuickJit=1

# Runs a suite. What it writes, and its exit code and seconds, go to files, so that it can be shown whole once it has ended.
run() {
  local name=$1 status=0 began=$SECONDS folder=tests/$1/bin/$configuration/net10.0
  if [ -z "$filter" ]; then
    # By itself, without the test platform: that starts five processes more for each suite.
    (cd "$folder" && exec dotnet exec "OrleansSync.$name.dll" -trait- Length=Long -trait- Length=Soak -verbose -noColor -noLogo)
  else
    dotnet test "$folder/OrleansSync.$name.dll" --logger "console;verbosity=normal" --filter "Length!=Long&Length!=Soak&($filter)"
  fi < /dev/null > "$log/$name" 2>&1 || status=$?
  echo "$status $((SECONDS - began))" > "$log/$name.ending"
  mv "$log/$name.ending" "$log/$name.ended"
}

# A number that a suite's last lines tell: "Passed: 5" of the test platform, or "Total: 5, Errors: 0, Failed: 0, …" of the suite itself.
count() {
  sed -nE "s/^( .*)?[ ,]$2: *([0-9]+)(,.*)?\$/\2/p" "$log/$1" | tail -n 1
}

# Shows a suite that has ended, and adds it up.
report() {
  local name=$1 status=1 seconds=? p f s total
  if [ -f "$log/$name.ended" ]; then read -r status seconds < "$log/$name.ended"; fi
  f=$(count "$name" Failed) s=$(count "$name" Skipped) p=$(count "$name" Passed) total=$(count "$name" Total)
  f=${f:-0} s=${s:-0}
  p=${p:-$((${total:-$((f + s))} - f - s))}
  echo "== $name"
  grep -E '^ +(Failed|Skipped) |^ .* \[(FAIL|SKIP)\]$' "$log/$name" || true
  echo "   $p passed, $f failed, $s skipped in $seconds s"
  if [ "$f" -gt 0 ]; then
    grep -vE '\[(STARTING|FINISHED)\]( Time: .*)?$' "$log/$name"
  elif [ "$status" -ne 0 ]; then
    # A run that broke off without counting anything is a failure too; the tests that had not finished show where.
    cat "$log/$name"
    broken=$((broken + 1))
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# The seconds and the name of each test that took a second or more, from what the runner wrote: "Passed Name [1 m 35 s]" or
# "Name [FINISHED] Time: 95.04s".
durations() {
  awk '/^ +Passed .* \[([0-9]+ m)? ?([0-9.]+ s)?\]$/ {
    seconds = 0
    for (field = NF; $field !~ /^\[/; field--) { }
    for (; field < NF; field += 2) {
      seconds += substr($field, $field ~ /^\[/ ? 2 : 1) * ($(field + 1) ~ /^m/ ? 60 : 1)
    }
    sub(/^ +Passed /, "")
    sub(/ \[[^[]*\]$/, "")
    printf "%4d s  %s\n", seconds, $0
  }
  /^ .* \[FINISHED\] Time: [0-9.]+s$/ && $NF + 0 >= 1 {
    seconds = $NF + 0
    sub(/^ +/, "")
    sub(/ \[FINISHED\] Time: [0-9.]+s$/, "")
    printf "%4d s  %s\n", seconds, $0
  }' "$@"
}

# Suites that run at once: while one waits for clocks, processes or the browser, the other computes. With a third, tests that start
# clusters would come near the times they allow.
beside=2

# Each suite has a group of processes of its own, which ends with this script.
set -m
stop() {
  local group
  for group in $(jobs -pr); do kill -TERM -- "-$group" 2> /dev/null || true; done
  rm -rf "$log"
}
trap stop EXIT

passed=0 failed=0 skipped=0 broken=0
waiting=("${starting_processes[@]}" "${suites[@]}") running=()
while [ $((${#waiting[@]} + ${#running[@]})) -gt 0 ]; do
  while [ "${#waiting[@]}" -gt 0 ] && [ "${#running[@]}" -lt "$beside" ]; do
    run "${waiting[0]}" &
    running+=("${waiting[0]}")
    waiting=("${waiting[@]:1}")
  done
  wait -n || true
  still=() left=$(jobs -pr)
  for name in "${running[@]}"; do
    if [ -f "$log/$name.ended" ] || [ -z "$left" ]; then report "$name"; else still+=("$name"); fi
  done
  running=("${still[@]}")
done

echo "== Took longest"
# Read to its end: whoever writes into a pipe that is closed fails.
durations "$log"/* | sort -rn | sed -n 1,10p

failed=$((failed + broken))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
