# Starts PerfLab: finds the .NET SDK, builds when something changed, calls the CLI with the same arguments.
# `test` starts tests/run-tests.ps1 instead. Nothing else belongs here. run.sh is the same for Linux and macOS and keeps the same stamps.
# Works in Windows PowerShell 5.1 and in PowerShell 7. No param block: every argument belongs to the CLI.
$ErrorActionPreference = 'Stop'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'

# What to build: `test` needs the whole solution, every other verb only the CLI with what it references. Who wants to use
# PerfLab does not wait for the analyzers: they take half of the time and find what concerns its developers.
switch ("$($args | Select-Object -First 1)") {
    'test' { $project = 'PerfLab.sln'; $part = 'tests'; $analysis = @() }
    default { $project = 'src/PerfLab.Cli/PerfLab.Cli.csproj'; $part = 'cli'; $analysis = @('-p:RunAnalyzers=false') }
}

$cli = Join-Path $artifacts 'perflab/perflab.dll'
$stamp = Join-Path $artifacts ".built-$part"     # what the last build of this part read and wrote
$unfinished = Join-Path $artifacts '.building'   # there while a build runs, and after one that was killed
$sdk = Join-Path $artifacts '.dotnet-windows'    # path of the dotnet that built
$log = Join-Path $artifacts 'build.log'

function Say([string] $text) { [Console]::Error.WriteLine($text) }
function Fail([string[]] $lines) { $lines | ForEach-Object { Say $_ }; exit 1 }

# ---- the .NET SDK ---------------------------------------------------------------------------------------------------

# The first dotnet that has an SDK fitting global.json; dotnet itself is the judge of that.
function Find-Sdk {
    $onPath = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    $candidates = @()
    if ($onPath) { $candidates += $onPath.Path }
    $name = if ($env:OS -eq 'Windows_NT') { 'dotnet.exe' } else { 'dotnet' }
    foreach ($folder in $env:DOTNET_ROOT, "$HOME/.dotnet", "$env:ProgramFiles/dotnet", "$env:LOCALAPPDATA/Microsoft/dotnet",
        '/usr/share/dotnet', '/usr/lib/dotnet', '/usr/local/share/dotnet') {
        if ($folder) { $candidates += Join-Path $folder $name }
    }
    foreach ($candidate in $candidates) {
        if ((Test-Path -LiteralPath $candidate -PathType Leaf) -and (Test-Sdk $candidate)) { return $candidate }
    }
    $wanted = (Get-Content -Raw -LiteralPath (Join-Path $root 'global.json') | ConvertFrom-Json).sdk.version
    Fail @("PerfLab needs the .NET SDK $wanted or a later 10.0 (see global.json), and found none.",
        'Install it in one of these ways, open a new window, then run the same command again:',
        '  winget install Microsoft.DotNet.SDK.10',
        '  or, without administrator rights, by https://dot.net/v1/dotnet-install.ps1 with -Channel 10.0',
        '  on Linux and macOS use run.sh')
}

function Test-Sdk([string] $candidate) {
    Push-Location -LiteralPath $root
    try {
        # Windows PowerShell turns anything on standard error into an exception when it is redirected.
        $ErrorActionPreference = 'Continue'
        & $candidate --version *> $null
        return $LASTEXITCODE -eq 0
    }
    finally { Pop-Location }
}

# ---- has anything changed? ------------------------------------------------------------------------------------------

# Contents decide, so neither git nor clocks matter: "hash  path" of every file, as sha256sum prints it.
function Get-Hashes([System.IO.FileInfo[]] $files) {
    $sha = [System.Security.Cryptography.SHA256]::Create()
    $lines = New-Object 'System.Collections.Generic.List[string]'
    foreach ($file in $files) {
        $hash = [BitConverter]::ToString($sha.ComputeHash([System.IO.File]::ReadAllBytes($file.FullName))).Replace('-', '').ToLowerInvariant()
        $lines.Add("$hash  $($file.FullName.Substring($root.Length + 1).Replace('\', '/'))")
    }
    $lines.Sort([StringComparer]::Ordinal)
    return $lines
}

# Files below a folder, without entering folders of the given names.
function Get-Files([string] $folder, [string[]] $without) {
    foreach ($entry in [System.IO.Directory]::GetFiles($folder)) { [System.IO.FileInfo] $entry }
    foreach ($inner in [System.IO.Directory]::GetDirectories($folder)) {
        if ($without -notcontains [System.IO.Path]::GetFileName($inner)) { Get-Files $inner $without }
    }
}

# Everything that a build of a part reads.
function Get-Inputs([string] $of) {
    $names = 'global.json', '.editorconfig', 'BannedSymbols.txt'
    $dotted = '.props', '.targets', '.config'
    $folders = @('src')
    if ($of -ne 'cli') { $dotted += '.sln'; $folders += 'tests' }
    $files = @([System.IO.Directory]::GetFiles($root) | ForEach-Object { [System.IO.FileInfo] $_ } |
        Where-Object { $names -contains $_.Name -or ($dotted -contains $_.Extension -and $_.Name -notlike '.*') })
    foreach ($folder in $folders) { $files += @(Get-Files (Join-Path $root $folder) 'bin', 'obj') }
    return Get-Hashes $files
}

# The debug symbols of what it compiled: a build by hand or by an editor, perhaps Debug into the same folders, is noticed.
function Get-Outputs([string] $of) {
    $files = @()
    if (Test-Path -LiteralPath $artifacts) { $files += @(Get-Files $artifacts 'runtimes') }
    if ($of -ne 'cli') {
        foreach ($test in [System.IO.Directory]::GetDirectories((Join-Path $root 'tests'))) {
            $release = Join-Path $test 'bin/Release'
            if (Test-Path -LiteralPath $release) { $files += @(Get-Files $release 'runtimes') }
        }
    }
    return Get-Hashes @($files | Where-Object { $_.Extension -eq '.pdb' })
}

function Test-UpToDate {
    if (-not (Test-Path -LiteralPath $cli) -or -not (Test-Path -LiteralPath $stamp) -or (Test-Path -LiteralPath $unfinished)) { return $false }
    $now = @(Get-Inputs $part) + @(Get-Outputs $part)
    return ($now -join "`n") -ceq [System.IO.File]::ReadAllText($stamp).TrimEnd("`n")
}

# MSBuild trusts what a killed build left half written, compares times, so that it overlooks a changed file that is older
# than the last build, and leaves alone what was compiled without analyzers. In these cases everything is compiled anew.
function Test-MustStartOver {
    if (Test-Path -LiteralPath $unfinished) { return $true }
    $last = Join-Path $artifacts '.built-cli'
    if ($part -ne 'cli' -and (Test-Path -LiteralPath $last) -and
        [System.IO.File]::GetLastWriteTimeUtc($last) -gt [System.IO.File]::GetLastWriteTimeUtc($stamp)) { return $true }
    if (-not (Test-Path -LiteralPath $stamp)) { return $false }
    $known = New-Object 'System.Collections.Generic.HashSet[string]' (, [string[]] [System.IO.File]::ReadAllLines($stamp))
    $built = [System.IO.File]::GetLastWriteTimeUtc($stamp)
    foreach ($line in @(Get-Inputs $part)) {
        if (-not $known.Contains($line) -and [System.IO.File]::GetLastWriteTimeUtc((Join-Path $root $line.Substring(66))) -le $built) { return $true }
    }
    return $false
}

function Write-Stamp([string] $path, [string[]] $lines) {
    [System.IO.File]::WriteAllText($path, ($lines -join "`n") + "`n")
}

# ---- the build, one at a time ---------------------------------------------------------------------------------------

# An open file is the lock: Windows and .NET release it with the process, however that ends.
function Enter-Lock {
    for ($seconds = 0; $seconds -lt 900; $seconds++) {
        try { return [System.IO.File]::Open((Join-Path $artifacts '.lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [System.IO.IOException] {
            if ($seconds -eq 0) { Say 'Another start is building PerfLab; waiting for it...' }
            Start-Sleep -Seconds 1
        }
    }
    Fail 'The build by another start did not end within 15 minutes. End it, then start again.'
}

function Invoke-Build([string] $dotnet) {
    if (-not (Test-Path -LiteralPath $sdk)) { Say 'Building PerfLab (first start takes about a minute)...' }
    elseif (Test-Path -LiteralPath $unfinished) { Say 'Building PerfLab anew (the last build was not finished)...' }
    else { Say 'Building PerfLab (something changed)...' }
    $options = @('-c', 'Release', '--nologo', '-v', 'quiet', '-clp:NoSummary', '--tl:off', '-nodeReuse:false', '-p:UseSharedCompilation=false') + $analysis
    if (Test-MustStartOver) { $options += '--no-incremental' }
    $readByCli = Get-Inputs 'cli'
    $readByPart = Get-Inputs $part
    Write-Stamp $sdk $dotnet
    Write-Stamp $unfinished @()

    $env:DOTNET_CLI_USE_MSBUILD_SERVER = '0'
    $env:MSBUILDDISABLENODEREUSE = '1'
    $env:DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE = 'true'
    Push-Location -LiteralPath $root
    try {
        # Windows PowerShell turns anything on standard error into an exception when it is redirected.
        $ErrorActionPreference = 'Continue'
        & $dotnet build $project @options *> $log
        $code = $LASTEXITCODE
    }
    finally {
        Pop-Location
        Remove-Item 'Env:DOTNET_CLI_USE_MSBUILD_SERVER', 'Env:MSBUILDDISABLENODEREUSE', 'Env:DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE'
    }
    $ErrorActionPreference = 'Stop'
    if ($code -ne 0 -or -not (Test-Path -LiteralPath $cli)) {
        Write-Stamp $stamp (@($readByPart) + 'failed')
        Remove-Item -Force -LiteralPath $unfinished
        Fail (@(Get-Content -LiteralPath $log) +
            "Building PerfLab failed (dotnet build, exit code $code). Correct what stands above (also in $log), then start again.")
    }
    Write-Stamp (Join-Path $artifacts '.built-cli') (@($readByCli) + @(Get-Outputs 'cli'))
    if ($part -ne 'cli') { Write-Stamp $stamp (@($readByPart) + @(Get-Outputs $part)) }
    Remove-Item -Force -LiteralPath $unfinished
}

# ---- start ----------------------------------------------------------------------------------------------------------

if (-not (Test-UpToDate)) {
    $dotnet = Find-Sdk
    try { [void] (New-Item -ItemType Directory -Force -Path $artifacts) }
    catch { Fail "PerfLab is not built and cannot be: $artifacts is not writable ($_). Build it as a user who may write there." }
    $lock = Enter-Lock
    try { if (-not (Test-UpToDate)) { Invoke-Build $dotnet } } # another start may have built it meanwhile
    finally { $lock.Dispose() }
}

$dotnet = if (Test-Path -LiteralPath $sdk) { [System.IO.File]::ReadAllText($sdk).Trim() } else { '' }
if (-not $dotnet -or -not (Test-Path -LiteralPath $dotnet)) { $dotnet = Find-Sdk }
# What PerfLab starts has to find the same one.
$env:PATH = "$(Split-Path -Parent $dotnet)$([System.IO.Path]::PathSeparator)$env:PATH"
if ($part -eq 'tests') {
    $rest = @($args | Select-Object -Skip 1)
    & (Join-Path $root 'tests/run-tests.ps1') $dotnet @rest
}
else {
    # Who measures wants code that is compiled once and well; who only reads does not wait for it.
    $compiled = $env:DOTNET_TC_QuickJit
    if ($null -eq $compiled -and $args.Count -gt 0 -and $args[0] -in 'report', 'compare', 'publish', 'claims', 'list', 'validate', 'clean') { $env:DOTNET_TC_QuickJit = '1' }
    try { & $dotnet $cli @args }
    finally { $env:DOTNET_TC_QuickJit = $compiled }
}
exit $LASTEXITCODE
