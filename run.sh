#!/usr/bin/env bash
# Starts PerfLab: finds the .NET SDK, builds when something changed, calls the CLI with the same arguments.
# `test` starts tests/run-tests.sh instead. Nothing else belongs here. run.ps1 is the same for Windows and keeps the same stamps.
set -euo pipefail
unset CDPATH
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# A descriptor that is closed would be given to the first pipe that the runtime opens for itself, and messages be written into it.
# The shell itself may have put this script there.
if [ "${BASH_SOURCE[0]}" -ef /dev/fd/0 ] || ! : 2>/dev/null 3<&0; then exec </dev/null; fi
if [ "${BASH_SOURCE[0]}" -ef /dev/fd/1 ] || ! : 2>/dev/null 3>&1; then exec >/dev/null; fi
if [ "${BASH_SOURCE[0]}" -ef /dev/fd/2 ] || ! : 3>&2; then exec 2>/dev/null; fi

# The repository, also when started through a symlink. The caller's folder stays current: arguments may be relative to it.
script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
  folder=$(cd -P -- "$(dirname -- "$script")" && pwd)
  script=$(readlink "$script")
  case $script in /*) ;; *) script=$folder/$script ;; esac
done
root=$(cd -P -- "$(dirname -- "$script")" && pwd)
artifacts=$root/artifacts

# What to build: `test` needs the whole solution, every other verb only the CLI with what it references. Who wants to use
# PerfLab does not wait for the analyzers: they take half of the time and find what concerns its developers.
case ${1:-} in
  test) project=PerfLab.sln part=tests analysis=() ;;
  *) project=src/PerfLab.Cli/PerfLab.Cli.csproj part=cli analysis=(-p:RunAnalyzers=false) ;;
esac

cli=$artifacts/perflab/perflab.dll
stamp=$artifacts/.built-$part   # what the last build of this part read and wrote
unfinished=$artifacts/.building # there while a build runs, and after one that was killed
sdk=$artifacts/.dotnet          # path of the dotnet that built
log=$artifacts/build.log

say() { printf '%s\n' "$@" >&2; }
fail() { say "$@"; exit 1; }

# With fewer, dotnet ends with a stack trace before anything can be said. It raises the soft limit to the hard one itself.
files_needed=256
files_allowed=$(ulimit -Hn)
if [ "$files_allowed" != unlimited ] && [ "$files_allowed" -lt $files_needed ]; then
  say "Too few open files: $files_needed are needed, $files_allowed are allowed (ulimit -Hn). Raise the limit, then start again."
  exit 104
fi

# ---- the .NET SDK -------------------------------------------------------------------------------------------------

# Sets $dotnet to the first that has an SDK fitting global.json; dotnet itself is the judge of that.
find_sdk() {
  local candidate on_path wanted
  on_path=$(type -P dotnet || true)
  for candidate in "$on_path" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" /usr/share/dotnet/dotnet \
    /usr/lib/dotnet/dotnet /usr/lib64/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
    if [ -x "$candidate" ] && (cd "$root" && "$candidate" --version) >/dev/null 2>&1; then
      dotnet=$candidate
      return
    fi
  done
  wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  say "PerfLab needs the .NET SDK $wanted or a later 10.0 (see global.json), and found none."
  [ -z "$on_path" ] || say "$on_path has: $( ("$on_path" --list-sdks 2>/dev/null || true) | sed 's/ .*//' | tr '\n' ' ')"
  fail "Install it in one of these ways, then run the same command again:" \
    "  Ubuntu        sudo apt-get install dotnet-sdk-10.0" \
    "  Debian        the same, after adding Microsoft's packages: https://learn.microsoft.com/dotnet/core/install/linux-debian" \
    "  macOS         brew install --cask dotnet-sdk" \
    "  Windows       winget install Microsoft.DotNet.SDK.10, then run.ps1" \
    "  without root  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0   (into ~/.dotnet, found there)"
}

# ---- has anything changed? ----------------------------------------------------------------------------------------

# Contents decide, so neither git nor clocks matter: "hash  path" of the files that `find "$@"` names. A file that an
# editor takes away meanwhile is no reason to stop.
hash_files() {
  { if type -P sha256sum >/dev/null; then find "$@" -exec sha256sum {} +; else find "$@" -exec shasum -a 256 {} +; fi || true; } |
    LC_ALL=C sort
}

# Everything that a build of a part reads.
inputs_of() (
  cd "$root"
  shopt -s nullglob
  files=(src *.props *.targets *.config global.json .editorconfig BannedSymbols.txt)
  [ "$1" = cli ] || files+=(tests *.sln)
  hash_files "${files[@]}" \( -name bin -o -name obj \) -prune -o -type f
)

# The debug symbols of what it compiled: a build by hand or by an editor, perhaps Debug into the same folders, is noticed.
outputs_of() (
  cd "$root"
  shopt -s nullglob
  folders=(artifacts)
  [ "$1" = cli ] || folders+=(tests/*/bin/Release)
  hash_files "${folders[@]}" -name runtimes -prune -o -name '*.pdb' -type f
)

up_to_date() {
  [ -f "$cli" ] && [ -f "$stamp" ] && [ ! -f "$unfinished" ] &&
    [ "$(inputs_of $part && outputs_of $part)" = "$(cat "$stamp")" ]
}

# MSBuild trusts what a killed build left half written, compares times, so that it overlooks a changed file that is older
# than the last build, and leaves alone what was compiled without analyzers. In these cases everything is compiled anew.
must_start_over() {
  [ ! -f "$unfinished" ] || return 0
  [ $part = cli ] || [ ! "$artifacts/.built-cli" -nt "$stamp" ] || return 0
  [ -f "$stamp" ] || return 1
  local file
  while IFS= read -r file; do
    [ "$root/$file" -nt "$stamp" ] || return 0
  done < <(LC_ALL=C comm -13 <(LC_ALL=C sort "$stamp") <(inputs_of $part) | cut -c 67-)
  return 1
}

# ---- one build at a time ------------------------------------------------------------------------------------------

# Where flock exists the processes of the build hold the lock too: it is free when the last of them is gone.
# Elsewhere a folder names its owner's process, and is taken over when that process is gone.
lock() {
  local seconds=0 owner
  if type -P flock >/dev/null; then
    exec 9>"$artifacts/.lock"
    flock -n 9 && return
    say "Another start is building PerfLab; waiting for it..."
    flock -w 900 9 || fail "The build by another start did not end within 15 minutes. End it, then start again."
    return
  fi
  until mkdir "$artifacts/.lock.d" 2>/dev/null; do
    [ $seconds -gt 0 ] || say "Another start is building PerfLab; waiting for it..."
    [ $seconds -lt 900 ] || fail "The build by another start did not end within 15 minutes. If none runs, remove $artifacts/.lock.d"
    owner=$(cat "$artifacts/.lock.d/owner" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null && mkdir "$artifacts/.lock.stale" 2>/dev/null; then
      # Only one start clears up, and only if the lock still belongs to the process that is gone.
      [ "$(cat "$artifacts/.lock.d/owner" 2>/dev/null || true)" != "$owner" ] || rm -rf "$artifacts/.lock.d"
      rmdir "$artifacts/.lock.stale"
    fi
    sleep 1
    seconds=$((seconds + 1))
  done
  own_lock=$artifacts/.lock.d
  echo $$ >"$own_lock/owner"
}

unlock() {
  exec 9>&-
  [ -z "${own_lock:-}" ] || rm -rf "$own_lock"
  own_lock=
}

# ---- the build ----------------------------------------------------------------------------------------------------

interrupted() {
  trap '' INT TERM HUP
  if [ -n "${build:-}" ]; then
    kill -TERM -- "-$build" 2>/dev/null || true
    wait "$build" 2>/dev/null || true
  fi
  unlock
  say "Interrupted while building PerfLab. The next start builds again."
  exit 105
}

build() {
  local code=0 mode=() read_by_cli read_by_part
  if [ ! -f "$sdk" ]; then
    say "Building PerfLab (first start takes about a minute)..."
  elif [ -f "$unfinished" ]; then
    say "Building PerfLab anew (the last build was not finished)..."
  else
    say "Building PerfLab (something changed)..."
  fi
  ! must_start_over || mode=(--no-incremental)
  read_by_cli=$(inputs_of cli)
  read_by_part=$(inputs_of $part)
  printf '%s\n' "$dotnet" >"$sdk"
  : >"$unfinished"

  # In a process group of its own, so that an interrupt ends the build with everything it started.
  # No MSBuild node and no compiler server may stay behind.
  set -m
  (
    cd "$root"
    export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
    exec "$dotnet" build "$project" -c Release --nologo -v quiet -clp:NoSummary --tl:off ${mode[@]+"${mode[@]}"} \
      -nodeReuse:false -p:UseSharedCompilation=false ${analysis[@]+"${analysis[@]}"} </dev/null >"$log" 2>&1
  ) &
  build=$!
  set +m
  wait "$build" || code=$?
  build=

  if [ $code -ne 0 ] || [ ! -f "$cli" ]; then
    printf '%s\n' "$read_by_part" failed >"$stamp"
    rm -f "$unfinished"
    cat "$log" >&2
    fail "Building PerfLab failed (dotnet build, exit code $code). Correct what stands above (also in $log), then start again."
  fi
  printf '%s\n' "$read_by_cli" "$(outputs_of cli)" >"$artifacts/.built-cli"
  [ $part = cli ] || printf '%s\n' "$read_by_part" "$(outputs_of $part)" >"$stamp"
  rm -f "$unfinished"
}

# ---- start --------------------------------------------------------------------------------------------------------

if ! up_to_date; then
  find_sdk
  mkdir -p "$artifacts" 2>/dev/null || true
  [ -w "$artifacts" ] ||
    fail "PerfLab is not built and cannot be: $artifacts is not writable. Build it as a user who may write there."
  trap interrupted INT TERM HUP
  lock
  up_to_date || build # another start may have built it meanwhile
  unlock
  trap - INT TERM HUP
fi

dotnet=$(cat "$sdk" 2>/dev/null || true)
[ -x "$dotnet" ] || find_sdk
if [ "$dotnet" != "$(type -P dotnet || true)" ]; then
  # What PerfLab starts has to find the same one.
  DOTNET_ROOT=$(dirname -- "$dotnet")
  export DOTNET_ROOT PATH="$DOTNET_ROOT:$PATH"
fi
if [ $part = tests ]; then
  shift
  exec "$root/tests/run-tests.sh" "$dotnet" "$@"
fi

# Who measures wants code that is compiled once and well; who only reads does not wait for it.
case ${1:-} in
  report | compare | publish | claims | list | validate | clean) export DOTNET_TC_QuickJit="${DOTNET_TC_QuickJit:-1}" ;;
esac
exec "$dotnet" "$cli" "$@"
