using PerfLab.EndToEnd.Tests.Faults;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>Output that nobody takes, and a start in the background of a terminal: the run goes to its end all the same.</summary>
public sealed class DeadOutputTests : IDisposable
{
    // Starts a shell with job control on a terminal of its own, as a person does, and prints what came on it.
    private const string Terminal =
        """
        import os, pty, signal, sys
        signal.alarm(150)
        child, terminal = pty.fork()
        if child == 0:
            os.execvp('bash', ['bash', '--norc', '-i', '-c', 'set -m; "$@" & wait $!; echo "ended with $?"', 'bash', *sys.argv[1:]])
        said = b''
        try:
            while block := os.read(terminal, 65536): said += block
        except OSError: pass
        os.waitpid(child, 0)
        sys.stdout.write(said.decode(errors='replace'))
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly FaultyRun _run = new();

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData("> >(exec true) 2>&1")]
    public async Task A_run_whose_output_nobody_takes_goes_to_its_end_and_its_files_hold_nothing_else(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The redirections are those of a shell on Linux.");

        var run = await RunningProgram.RunAsync(
            _run.Folder, "bash", ["-c", $"\"$@\" {redirection}; exit $?", "bash", Checkout.Script, "scenario", _run.ScenarioFile, "--results", _run.Results], s_limit, Cli.Quickly);

        Assert.True(run.ExitCode == 0 || BusyMachine.Stopped(run, _run.Results), run.ToString());
        AssertWhole(_run.Results);
    }

    [Fact]
    public async Task An_error_that_nobody_can_be_told_keeps_its_exit_code()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The redirections are those of a shell on Linux.");
        foreach (var redirection in new[] { "2>&-", "2>/dev/full" })
        {
            var run = await RunningProgram.RunAsync(
                _run.Folder, "bash", ["-c", $"\"$@\" {redirection}; exit $?", "bash", Checkout.Script, "scenario", "no-such-scenario"], s_limit);

            Assert.True(run.ExitCode == 104, $"{redirection}: {run}");
        }
    }

    [Fact]
    public async Task Started_in_the_background_of_a_terminal_it_is_not_stopped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The terminal is Linux's.");

        var run = await RunningProgram.RunAsync(
            _run.Folder, "python3", ["-c", Terminal, Checkout.Script, "scenario", _run.ScenarioFile, "--results", _run.Results], s_limit, Cli.Quickly);

        // 107 where a busy machine left no room for a launch set.
        Assert.Matches("ended with (0|107)", run.Output);
        AssertWhole(_run.Results);
    }

    public void Dispose() => _run.Dispose();

    private static void AssertWhole(string results)
    {
        var folder = new RunFolder(Assert.Single(Directory.GetDirectories(results)));
        Assert.NotNull(folder.ReadOutcome());
        Assert.True(RunChecksums.Check(folder));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.HtmlReportFile), StringComparison.OrdinalIgnoreCase);
    }
}
