using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Scenarios;

/// <summary>What others do with the output of a run, with a run that goes on, and with the terminal of its reader.</summary>
public sealed class SurvivalTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_reader_of_a_pipe_that_ends_early_does_not_end_the_run()
    {
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Small, isAlone: true);
        var results = Path.Combine(_folder.FullPath, "results");

        var run = await RunningProgram.RunAsync(
            _folder.FullPath, "bash", ["-c", "\"$0\" scenario \"$1\" --results \"$2\" 2>&1 | head -1; exit ${PIPESTATUS[0]}", Checkout.Script, file, results], s_limit, Cli.Quickly);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.True(new RunFolder(Assert.Single(Directory.GetDirectories(results))).ReadOutcome()!.Completed);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(192)]
    public async Task Too_few_open_files_are_told_before_anything_starts(int files)
    {
        var run = await RunningProgram.RunAsync(_folder.FullPath, "bash", ["-c", $"ulimit -n {files}; exec \"$0\" list", Checkout.Script], s_limit);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains($"256 are needed, {files} are allowed", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario")]
    [InlineData("capacity")]
    public async Task A_run_that_needs_more_open_files_than_there_are_is_refused_with_the_number_before_anything_starts(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of open files are Linux's");
        var results = Path.Combine(_folder.FullPath, "results");
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);
        string[] options = verb == "capacity" ? ["--slo", "p(99)<20"] : [];

        var run = await RunningProgram.RunAsync(
            _folder.FullPath, "/bin/sh", ["-c", "ulimit -n 512 && exec \"$@\"", "sh", Environment.ProcessPath!, Checkout.CommandLineProgram, verb, file, "--results", results, .. options], s_limit);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains("3 arms with up to 256 connections each need", run.Error, StringComparison.Ordinal);
        Assert.Contains("this process may have 512 (ulimit -n)", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(results));
    }

    [Fact]
    public async Task A_run_that_has_no_plan_yet_is_still_running()
    {
        var results = Path.Combine(_folder.FullPath, "results");
        _folder.Write("results/20260131T235959Z-smoke-ab12/manifest.json", "{}");

        var report = await Cli.RunAsync("report", "latest", "--results", results);

        Assert.True(report.ExitCode == 104, report.ToString());
        Assert.Contains("still running", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_dying_target_are_shown_as_text()
    {
        var file = ScriptedTarget.Write(_folder, """[printf, '\033[2J\033[31mdead \342\200\256 end']""", readyTimeout: "2s");

        var run = await RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["scenario", file, "--results", Path.Combine(_folder.FullPath, "results")], s_limit);

        Assert.True(run.ExitCode == 107, run.ToString());
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.DoesNotContain('\u202e', run.Output + run.Error);
        Assert.Contains("\\u{1B}[2J", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
