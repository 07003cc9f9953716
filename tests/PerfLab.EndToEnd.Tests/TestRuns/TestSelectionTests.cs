using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.TestRuns;

/// <summary>Which tests <c>./run.sh test</c> runs, and what it installs for them.</summary>
public sealed class TestSelectionTests : IDisposable
{
    private readonly ScriptedTestPrograms _programs;

    public TestSelectionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run-tests.sh is for Linux and macOS; Windows has run-tests.ps1");
        _programs = new ScriptedTestPrograms();
    }

    [Fact]
    public async Task A_filter_takes_projects_by_a_part_of_their_name_in_any_case()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 0, failed: 1));

        var result = await _programs.RunAsync("--filter", "one");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\n1 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_the_name_of_a_folder_takes_its_tests_alone()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1));
        Directory.CreateDirectory(Path.Combine(_programs.Root, "tests", "Two.Tests", "Faults"));

        var result = await _programs.RunAsync("--filter", "faults");

        Assert.Equal(0, result.ExitCode);
        var call = Assert.Single(_programs.Calls);
        Assert.Contains("Two.Tests.dll", call, StringComparison.Ordinal);
        Assert.EndsWith(" --filter-namespace *.Faults", call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_wrong_usage_and_names_what_there_is()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync("--filter", "ome");

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("One.Tests", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_options_are_passed_on_and_a_program_without_a_matching_test_is_left_out()
    {
        _programs.Add("One.Tests", "exit 8\n");
        _programs.Add("Two.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync("--filter-class", "*.a b");

        Assert.Equal(0, result.ExitCode);
        Assert.All(_programs.Calls, call => Assert.EndsWith(" --filter-class *.a b", call, StringComparison.Ordinal));
        Assert.EndsWith("\n1 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_matching_test_anywhere_passes_nothing()
    {
        _programs.Add("One.Tests", "exit 8\n");

        var result = await _programs.RunAsync("--filter-class", "Nobody");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("\n0 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_test_project_at_all_passes_nothing()
    {
        var result = await _programs.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("0 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_the_test_programs_do_not_know_is_wrong_usage()
    {
        _programs.Add("One.Tests", "exit 5\n");

        var result = await _programs.RunAsync("--install");

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("--install", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("86401")]
    public async Task A_limit_outside_its_range_is_wrong_usage(string seconds)
    {
        var result = await _programs.RunAsync("--limit-seconds", seconds);

        Assert.Equal(104, result.ExitCode);
        Assert.Contains($"--limit-seconds {seconds} is not", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_options_and_starts_nothing()
    {
        _programs.Add("One.Tests", ScriptedTestPrograms.Report(passed: 1));

        var result = await _programs.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--limit-seconds N", result.Output, StringComparison.Ordinal);
        Assert.Empty(_programs.Calls);
    }

    [Fact]
    public async Task A_missing_tool_is_named_and_nothing_is_installed_unasked()
    {
        _programs.Add("PerfLab.Reporting.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.ReplaceTools();

        var result = await _programs.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("chromium is missing", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt-get install chromium", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_programs.Root, "apt-get-calls")));
    }

    [Fact]
    public async Task Under_CI_root_installs_what_the_tests_need_and_only_that()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "installing needs root");
        _programs.Add("PerfLab.Reporting.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("Other.Tests", ScriptedTestPrograms.Report(passed: 1));
        _programs.ReplaceTools();
        _programs.Variables["CI"] = "true";

        var other = await _programs.RunAsync("--filter", "Other");
        Assert.False(File.Exists(Path.Combine(_programs.Root, "apt-get-calls")));
        var all = await _programs.RunAsync();

        Assert.Equal(0, other.ExitCode);
        Assert.Equal(0, all.ExitCode);
        Assert.Equal(["update -q", "install -y -q --no-install-recommends chromium"], File.ReadAllLines(Path.Combine(_programs.Root, "apt-get-calls")));
        Assert.DoesNotContain("missing", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_packages_are_installed_programs_run_that_need_none_and_the_others_wait()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "installing needs root");
        _programs.Add("PerfLab.Reporting.Tests", "type -P chromium >/dev/null || exit 1\n" + ScriptedTestPrograms.Report(passed: 1));
        _programs.Add("PerfLab.Statistics.Tests", "echo >computed\n" + ScriptedTestPrograms.Report(passed: 2));
        _programs.ReplaceTools(awaited: "tests/computed");
        _programs.Variables["CI"] = "true";

        var result = await _programs.RunAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.EndsWith("\n3 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _programs?.Dispose();
}
