# Runs the built test programs through `dotnet test` (Microsoft Testing Platform), one after another because some of them
# measure time. `run.ps1 test` builds and calls this with the path of dotnet first. run-tests.sh is the same for Linux and macOS.
$ErrorActionPreference = 'Stop'
$tests = $PSScriptRoot
$usage = @'
Usage: run.ps1 test [--filter WORD] [--limit-seconds N] [options of dotnet test]
  --filter WORD        only test projects whose name contains WORD, in any case; if none does, only tests in a folder of
                       that name, such as Faults
  --limit-seconds N    time for one test project (2400); what takes longer is stopped and counts as failed
  --filter-class NAME  only this class; * stands for any text, as in --filter-method, --filter-trait and the other
                       options of xunit.v3, which are passed on
'@
function Refuse([string] $text) { [Console]::Error.WriteLine($text); [Console]::Error.WriteLine($usage); exit 104 }

$dotnet = $args[0]; $word = ''; $limit = '2400'; $options = @()
for ($i = 1; $i -lt $args.Count; $i++) {
    switch ("$($args[$i])") {
        { $_ -in '-h', '--help' } { $usage; exit 0 }
        '--filter' { $i++; $word = "$($args[$i])" }
        '--limit-seconds' { $i++; $limit = "$($args[$i])" }
        default { $options += $_ }
    }
}
if ($limit -notmatch '^[1-9][0-9]{0,4}$' -or [int] $limit -gt 86400) { Refuse "--limit-seconds $limit is not a whole number from 1 to 86400." }

# The end-to-end tests take longest and come last.
$all = @(Get-ChildItem -Path (Join-Path $tests '*/*.Tests.csproj') | ForEach-Object { $_.BaseName } |
    Sort-Object -Property { $_ -eq 'PerfLab.EndToEnd.Tests' }, { $_ })
$programs = @($all | Where-Object { $_.IndexOf($word, [StringComparison]::OrdinalIgnoreCase) -ge 0 })
if ($programs.Count -eq 0 -and $word) {
    $folders = @(Get-ChildItem -Path (Join-Path $tests '*/*') -Directory | Where-Object {
            $_.Name -eq $word -and $_.Name -notin 'bin', 'obj' -and (Test-Path -LiteralPath (Join-Path $_.Parent.FullName "$($_.Parent.Name).csproj"))
        })
    $programs = @($folders | ForEach-Object { $_.Parent.Name })
    $options += @($folders | ForEach-Object { '--filter-namespace'; "*.$($_.Name)" })
}
if ($programs.Count -eq 0 -and $word) { Refuse "--filter $word matches no test project and no folder of tests. There are: $($all -join ', ')." }

# Start-Process of Windows PowerShell does not quote arguments.
function Invoke-Tests([string[]] $arguments) {
    $start = New-Object System.Diagnostics.ProcessStartInfo $dotnet
    $start.Arguments = ($arguments | ForEach-Object { '"' + ($_ -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"' }) -join ' '
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        if ($process.WaitForExit(1000 * [int] $limit)) { return $process.ExitCode }
        return 'late'
    }
    finally { if (-not $process.HasExited) { & taskkill /T /F /PID $process.Id *> $null } } # also on Ctrl-C
}

$reports = New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([Guid]::NewGuid()))
$passed = 0; $failed = 0; $faults = @(); $reasons = @(); $slow = @()
Push-Location -LiteralPath $tests
try {
    foreach ($name in $programs) {
        $module = "$name/bin/Release/net10.0/$name.dll"
        if (-not (Test-Path -LiteralPath $module)) {
            $failed++; $faults += "$name is not built: tests/$module does not exist. Add the project to PerfLab.sln."; continue
        }
        $code = Invoke-Tests (@('test', '--test-modules', $module, '--root-directory', $tests, '--max-parallel-test-modules', '1',
            '--results-directory', $reports.FullName, '--report-xunit-xml', '--report-xunit-xml-filename', "$name.xml") + $options)
        if ($code -eq 5 -and $options) { Refuse "dotnet test does not accept: $options" }
        if ($code -eq 8 -and $options) { continue } # the filter leaves no test of this program
        $report = $null
        try { $report = ([xml] [System.IO.File]::ReadAllText((Join-Path $reports.FullName "$name.xml"))).assemblies.assembly } catch { } # it crashed
        if ($report) {
            $passed += [int] $report.passed; $failed += [int] $report.failed
            if ([int] $report.failed) { $faults += "$($report.failed) failed in $name" }
            $reasons += @($report.SelectNodes('.//reason') | ForEach-Object { $_.InnerText })
            $slow += @($report.SelectNodes('.//test') | Where-Object { [double] $_.time -ge 10 })
        }
        $fault = if ($code -eq 'late') { "$name did not end within $limit s and was stopped. Find what hangs, or raise --limit-seconds." }
        elseif (-not $report) { "$name crashed: it ended with exit code $code and without a report." }
        elseif ([int] $report.errors) { "$name`: $($report.errors) errors outside of tests, for example while cleaning up." }
        elseif (-not [int] $report.total) { "$name has no test." }
        elseif ($code -ne 0 -and -not [int] $report.failed) { "$name`: every test passed, yet the exit code is $code." }
        if ($fault) { $failed++; $faults += $fault }
    }
}
finally {
    Pop-Location
    Remove-Item -Recurse -Force -LiteralPath $reports.FullName
}
''
$slow | Sort-Object { -[double] $_.time } | Select-Object -First 10 | ForEach-Object { "$([int] [double] $_.time) s: $($_.name)" }
$reasons | Group-Object | ForEach-Object { "$($_.Count) skipped: $($_.Name)" }
$faults
"$passed passed, $failed failed"
exit $(if ($failed -eq 0 -and $passed -gt 0) { 0 } else { 1 })
