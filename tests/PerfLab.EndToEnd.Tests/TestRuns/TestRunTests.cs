using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.TestRuns;

/// <summary>What <c>./run.sh test</c> makes of test programs that succeed, fail, crash, hang or leave something behind.</summary>
public sealed class TestRunTests : IDisposable
{
    private readonly ScriptedTestPrograms _programs;

    public TestRunTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run-tests.sh is for Linux and macOS; Windows has run-tests.ps1");
        _programs = new ScriptedTestPrograms();
    }

    [Fact]
    public async Task The_last_line_alone_counts_all_programs()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 2));
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1, skipped: ["no <browser> & no \"port\"", "slow", "slow"]));

        var result = await _programs.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\n1 skipped: no <browser> & no \"port\"\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n2 skipped: slow\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n3 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_that_take_long_are_listed_with_their_time()
    {
        const string tests = "<test name=\"A&lt;B&gt;.waits\" result=\"Pass\" time=\"12.7\" /><test name=\"A.runs\" result=\"Pass\" time=\"131.2\" /><test name=\"A.is quick\" result=\"Pass\" time=\"9.9\" />";
        _programs.Add("One.Tests", $"""
            echo '<assemblies><assembly total="3" passed="3" failed="0" errors="0">{tests}</assembly></assemblies>' >"$report"

            """);

        var result = await _programs.RunAsync();

        Assert.EndsWith("\n131 s: A.runs\n12 s: A<B>.waits\n3 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_run_one_at_a_time_and_the_end_to_end_tests_last()
    {
        _programs.Add("PerfLab.EndToEnd.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("Shop.Tests", ScriptedTestPrograms.Report(passed: 1));

        await _programs.RunAsync();

        Assert.Collection(
            _programs.Calls,
            call => Assert.StartsWith("test --test-modules Shop.Tests/bin/Release/net10.0/Shop.Tests.dll ", call, StringComparison.Ordinal),
            call => Assert.StartsWith("test --test-modules PerfLab.EndToEnd.Tests/bin/", call, StringComparison.Ordinal));
        Assert.All(_programs.Calls, call => Assert.Contains(" --max-parallel-test-modules 1 ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_measures_nothing_runs_beside_the_program_that_waits_and_all_others_come_after_both()
    {
        // Each of the first two goes on only when the other one runs; the third ends well only if both have ended.
        _programs.Add("PerfLab.Statistics.Tests", Meet("computes", "waits") + "touch computed\n" + ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("Shop.Tests", "echo brokers and databases\n" + Meet("waits", "computes") + "sleep 0.3; touch waited\n" + ScriptedTestPrograms.Report(passed: 2, failed: 1));
        _programs.Add("PerfLab.Load.Tests", "[ -f computed ] && [ -f waited ] || exit 1\n" + ScriptedTestPrograms.Report(passed: 4));

        var result = await _programs.RunAsync();

        Assert.Contains("brokers and databases\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 failed in Shop.Tests\n7 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);

        static string Meet(string own, string other) => $"touch {own}; for i in {{1..300}}; do [ ! -f {other} ] || break; sleep 0.1; done; [ -f {other} ] || exit 1\n";
    }

    [Fact]
    public async Task An_interrupt_stops_both_programs_that_run_side_by_side()
    {
        _programs.Add("PerfLab.Statistics.Tests", _programs.StartChild("computing") + "wait\n");
        _programs.Add("Shop.Tests", _programs.StartChild("waiting") + "wait\n");
        using var program = _programs.Begin();
        await Await.UntilAsync(() => _programs.ProcessIn("computing") > 0 && _programs.ProcessIn("waiting") > 0, "both test programs run");

        program.Signal("INT");
        var result = await ScriptedTestPrograms.EndAsync(program);

        Assert.Equal(105, result.ExitCode);
        await AssertGoneAsync("computing");
        await AssertGoneAsync("waiting");
    }

    [Fact]
    public async Task Failed_tests_are_counted_and_their_program_is_named()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 5, failed: 2));
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("\n2 failed in One.Tests\n6 passed, 2 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -ABRT $$", "One.Tests crashed: it ended with exit code 134")]
    [InlineData("echo '<assemblies><assembly total=\"9\" passed=\"9\" failed=\"0\" errors=\"0\">' >\"$report\"; exit 1", "One.Tests crashed: it ended with exit code 1")]
    [InlineData(null, "One.Tests is not built")]
    public async Task A_program_without_a_whole_report_counts_as_a_failure(string? script, string message)
    {
        _programs.Add("One.Tests", script);
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 2));

        var result = await _programs.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(" passed, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_outside_of_tests_and_unexplained_exit_codes_count_as_failures()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1, errors: 3));
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1).Replace("exit 0", "exit 3", StringComparison.Ordinal));
        _programs.Add("Zero.Tests", ScriptedTestPrograms.Report(passed: 0));

        var result = await _programs.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("One.Tests: 3 errors outside of tests", result.Output, StringComparison.Ordinal);
        Assert.Contains("Two.Tests: every test passed, yet the exit code is 3", result.Output, StringComparison.Ordinal);
        Assert.Contains("Zero.Tests has no test", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 3 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped_with_its_children_and_counts_as_a_failure()
    {
        _programs.Add("One.Tests", _programs.StartChild("child") + "wait\n");
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync("--limit-seconds", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("One.Tests did not end within 1 s", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
        await AssertGoneAsync("child");
    }

    [Fact]
    public async Task A_process_left_behind_is_named_and_stopped_and_counts_as_a_failure()
    {
        Assert.SkipUnless(File.Exists("/bin/ps") || File.Exists("/usr/bin/ps"), "ps is not installed");
        _programs.Add("One.Tests", _programs.StartChild("child") + ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("One.Tests left processes behind", result.Output, StringComparison.Ordinal);
        Assert.Contains("sleep 120", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
        await AssertGoneAsync("child");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupt_stops_the_running_program_and_exits_with_105(string signal)
    {
        _programs.Add("One.Tests", _programs.StartChild("child") + "wait\n");
        using var program = _programs.Begin();
        await Await.UntilAsync(() => _programs.ProcessIn("child") > 0, "the test program runs");

        program.Signal(signal);
        var result = await ScriptedTestPrograms.EndAsync(program);

        Assert.Equal(105, result.ExitCode);
        Assert.Single(_programs.Calls);
        await AssertGoneAsync("child");
    }

    [Fact]
    public async Task Started_in_the_background_tests_still_get_an_interrupt_that_they_send()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "env of other systems cannot reset a signal");

        // What bash does to a job of a script: the interrupt is ignored, and so it is by all that the job starts.
        _programs.Add("One.Tests", "bash -c 'kill -INT $$; touch ignored'\n" + ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunIgnoringInterruptsAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.False(File.Exists(Path.Combine(_programs.Root, "tests", "ignored")));
    }

    [Fact]
    public async Task The_reports_are_removed()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_programs.Root, "temporary")).FullName;
        _programs.Variables["TMPDIR"] = temporary;
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"--results-directory {temporary}/", _programs.Calls[0], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }

    public void Dispose() => _programs?.Dispose();

    private Task AssertGoneAsync(string file) =>
        Await.UntilAsync(() => Await.IsGone(_programs.ProcessIn(file)), "the child of the test program goes");
}
