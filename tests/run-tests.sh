#!/usr/bin/env bash
# Runs the built test programs through `dotnet test` (Microsoft Testing Platform), one after another because some of them
# measure time; those that do not run beside one that waits. `run.sh test` builds and calls this with the path of dotnet first.
# run-tests.ps1 is the same for Windows, without anything side by side.
set -euo pipefail

usage="Usage: run.sh test [--filter WORD] [--limit-seconds N] [options of dotnet test]
  --filter WORD        only test projects whose name contains WORD, in any case; if none does, only tests in a folder of
                       that name, such as Faults
  --limit-seconds N    time for one test project (2400); what takes longer is stopped and counts as failed
  --filter-class NAME  only this class; * stands for any text, as in --filter-method, --filter-trait and the other
                       options of xunit.v3, which are passed on"
dotnet=$1 tests=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
word='' limit=2400 options=()
shift
refuse() { printf '%s\n' "$@" "$usage" >&2; exit 104; }
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit 0 ;;
    --filter) word=${2:-}; shift ;;
    --limit-seconds) limit=${2:-}; shift ;;
    *) options+=("$1") ;;
  esac
  [ $# -eq 0 ] || shift
done
[[ $limit =~ ^[1-9][0-9]{0,4}$ ]] && [ "$limit" -le 86400 ] || refuse "--limit-seconds $limit is not a whole number from 1 to 86400."

# ---- which programs -----------------------------------------------------------------------------------------------

cd "$tests"
shopt -s nullglob nocasematch
all=() programs=() last=() folders=()
for project in */*.Tests.csproj; do
  name=${project%%/*}
  all+=("$name")
  [[ $name == *"$word"* ]] || continue
  # The end-to-end tests take longest and come last.
  if [ "$name" = PerfLab.EndToEnd.Tests ]; then last=("$name"); else programs+=("$name"); fi
done
programs+=(${last[@]+"${last[@]}"})
if [ ${#programs[@]} -eq 0 ] && [ -n "$word" ]; then
  for folder in */*/; do
    name=${folder%%/*} folder=${folder%/}
    [[ ${folder##*/} == "$word" && $folder != */bin && $folder != */obj && -f $name/$name.csproj ]] || continue
    programs+=("$name") folders+=(--filter-namespace "*.${folder##*/}")
  done
fi
shopt -u nocasematch
[ ${#programs[@]} -gt 0 ] || [ -z "$word" ] || refuse "--filter $word matches no test project and no folder of tests. There are: ${all[*]}."
options+=(${folders[@]+"${folders[@]}"})

# A job that was started in the background inherits an ignored Ctrl-C, and tests send Ctrl-C on purpose.
reset=(env --default-signal=INT)
"${reset[@]}" true 2>/dev/null || reset=()

# ---- what they need -----------------------------------------------------------------------------------------------

# Fills $missing with the Debian packages of which no command is on the PATH. Tests skip themselves where they are missing.
find_missing() {
  local project package commands command
  missing=()
  while read -r project package commands; do
    [[ " ${programs[*]-} " == *" $project "* ]] || continue
    [[ " ${missing[*]-} " != *" $package "* ]] || continue
    for command in $commands; do ! type -P "$command" >/dev/null || continue 2; done
    missing+=("$package")
  done <<'END'
PerfLab.Load.Tests nginx-light nginx /usr/sbin/nginx
PerfLab.Runner.Tests hey hey
PerfLab.Runner.Tests nghttp2-client h2load
PerfLab.Runner.Tests wrk wrk
PerfLab.EndToEnd.Tests hey hey
PerfLab.EndToEnd.Tests nghttp2-client h2load
PerfLab.EndToEnd.Tests wrk wrk
PerfLab.Reporting.Tests chromium chromium chromium-browser google-chrome google-chrome-stable
Shop.Tests postgresql initdb pg_ctlcluster
Shop.Tests rabbitmq-server rabbitmq-server
END
}

tell_missing() {
  for package in ${missing[@]+"${missing[@]}"}; do
    echo "$package is missing; the tests that need it are skipped. On Debian and Ubuntu: sudo apt-get install $package"
  done
}

# An installation goes on while programs run that need nothing of it.
installation=''
install_missing() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || true
  apt-get install -y -q --no-install-recommends "${missing[@]}" || true
}
await_installation() {
  [ -n "$installation" ] || return 0
  wait "$installation" || true
  installation=
  find_missing
  tell_missing
}

find_missing
if [ ${#missing[@]} -gt 0 ] && [[ ${CI:-} == true || ${CI:-} == 1 ]] && [ "$(id -u)" = 0 ] && type -P apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests..."
  install_missing >/dev/null </dev/null &
  installation=$!
else
  tell_missing
fi

# ---- running them -------------------------------------------------------------------------------------------------

# Of the program of each lane: its process group and that of its watchdog. Lane 0 is this script's own; see the end for lane 1.
reports=$(mktemp -d) program=('' '') watchdog=('' '')
finish() {
  for group in "${watchdog[@]}" "${program[@]}"; do [ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null || true; done
  [ -z "$installation" ] || wait "$installation" || true # half an installation would be worse
  rm -rf "$reports"
}
interrupted() {
  trap '' INT TERM HUP
  # Tests may stop what they started; what is left after 5 s is killed.
  for group in "${program[@]}"; do [ -z "$group" ] || kill -INT -- "-$group" 2>/dev/null || true; done
  for _ in 1 2 3 4 5; do
    for group in "${program[@]}"; do [ -z "$group" ] || ! kill -0 -- "-$group" 2>/dev/null || { sleep 1; break; }; done
  done
  echo "Interrupted." >&2
  exit 105
}
trap finish EXIT
trap interrupted INT TERM HUP

passed=0 failed=0 faults=()
fail() { faults+=("$1"); failed=$((failed + 1)); }

# Prints what is left of a process group, without what has ended and only waits to be collected.
left_in_group() { ps -A -o pgid= -o stat= -o args= 2>/dev/null | awk -v group="$1" '$1 == group && $2 !~ /^Z/' || true; }

# Starts a program, which is given no input.
begin() {
  local lane=$1 name=$2 module=$2/bin/Release/net10.0/$2.dll late=$reports/$2.late
  [ -f "$module" ] || { fail "$name is not built: tests/$module does not exist. Add the project to PerfLab.sln."; return; }
  # In process groups of their own: a signal reaches the test program with everything that it started.
  set -m
  ${reset[@]+"${reset[@]}"} "$dotnet" test --test-modules "$module" --root-directory "$tests" --max-parallel-test-modules 1 --results-directory "$reports" \
    --report-xunit-xml --report-xunit-xml-filename "$name.xml" ${options[@]+"${options[@]}"} </dev/null &
  program[lane]=$!
  (sleep "$limit"; : >"$late"; kill -INT -- "-${program[lane]}"; sleep 5; kill -KILL -- "-${program[lane]}") >/dev/null 2>&1 </dev/null &
  watchdog[lane]=$!
  set +m
}

# Waits for the program of a lane and judges it.
end() {
  local lane=$1 name=$2 report=$reports/$2.xml late=$reports/$2.late code=0 left counts
  [ -n "${program[lane]}" ] || return 0
  wait "${program[lane]}" 2>/dev/null || code=$?
  kill -KILL -- "-${watchdog[lane]}" 2>/dev/null || true
  wait "${watchdog[lane]}" 2>/dev/null || true
  watchdog[lane]=
  for _ in 1 2 3 4 5; do left=$(left_in_group "${program[lane]}"); [ -n "$left" ] || break; sleep 1; done
  kill -KILL -- "-${program[lane]}" 2>/dev/null || true
  program[lane]=

  [ $code -ne 5 ] || [ ${#options[@]} -eq 0 ] || refuse "dotnet test does not accept: ${options[*]-}"
  [ $code -ne 8 ] || [ ${#options[@]} -eq 0 ] || return 0 # the filter leaves no test of this program
  # Total, passed, failed tests and errors outside of tests; a program that crashed has written no whole report.
  counts=$(awk -v RS='<' '/^assembly /{split("total passed failed errors", names, " ")
    for (i = 1; i <= 4; i++) { match($0, " " names[i] "=\"[0-9]+"); printf "%d ", substr($0, RSTART + length(names[i]) + 3) }}
    /^\/assemblies>/{print "whole"}' "$report" 2>/dev/null || true)
  read -r total good bad errors whole <<<"${counts:-0 0 0 0}" || true
  passed=$((passed + good)) failed=$((failed + bad))
  [ "$bad" = 0 ] || faults+=("$bad failed in $name")
  if [ -f "$late" ]; then fail "$name did not end within $limit s and was stopped. Find what hangs, or raise --limit-seconds."
  elif [ "${whole:-}" != whole ]; then fail "$name crashed: it ended with exit code $code and without a report."
  elif [ "$errors" != 0 ]; then fail "$name: $errors errors outside of tests, for example while cleaning up."
  elif [ "$total" = 0 ]; then fail "$name has no test."
  elif [ "$code" != 0 ] && [ "$bad" = 0 ]; then fail "$name: every test passed, yet the exit code is $code."
  fi
  [ -z "$left" ] || [ -f "$late" ] || fail "$name left processes behind; a test must stop what it starts:"$'\n'"$left"
}

run() { begin 0 "$1"; end 0 "$1"; }

# These measure nothing: they run one after another in lane 0 while Shop.Tests, which waits most of its time for brokers and
# databases, runs in lane 1. Every other program has the machine for itself, because some of them measure time.
computing=" PerfLab.Analysis.Tests PerfLab.Architecture.Tests PerfLab.Experiments.Tests PerfLab.Reporting.Tests PerfLab.Statistics.Tests "
beside='' first=() rest=()
for name in ${programs[@]+"${programs[@]}"}; do
  if [ "$name" = Shop.Tests ]; then beside=$name
  elif [[ $computing != *" $name "* ]]; then rest+=("$name")
  elif [ -n "$installation" ] && [ "$name" != PerfLab.Reporting.Tests ]; then run "$name"
  else first+=("$name")
  fi
done
await_installation
[ -z "$beside" ] || begin 1 "$beside" >"$reports/beside"
for name in ${first[@]+"${first[@]}"}; do run "$name"; done
[ -z "$beside" ] || end 1 "$beside"
cat "$reports/beside" 2>/dev/null || true
for name in ${rest[@]+"${rest[@]}"}; do run "$name"; done

# Where the time went, and why tests were skipped.
echo
awk -v RS='<' -v slow=10 '
  function plain(text) {
    gsub(/[ \n]+/, " ", text); gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
    gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text); return text
  }
  function value(of) { return match($0, " " of "=\"[^\"]*") ? plain(substr($0, RSTART + length(of) + 3, RLENGTH - length(of) - 3)) : "" }
  /^test / && value("time") + 0 >= slow {printf "%d s: %s\n", value("time"), value("name") | "sort -rn | head -n 10"}
  /^reason>/ {count[plain(substr($0, 8))]++}
  END {close("sort -rn | head -n 10"); for (reason in count) print count[reason], "skipped:", reason}' /dev/null "$reports"/*.xml
[ ${#faults[@]} -eq 0 ] || printf '%s\n' "${faults[@]}"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
