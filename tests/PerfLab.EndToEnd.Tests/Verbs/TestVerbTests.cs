using System.Globalization;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary>What <c>./run.sh test</c> makes of test programs that succeed, fail, crash, hang or lie.</summary>
public sealed class TestVerbTests : IDisposable
{
    private readonly TestVerbCheckout _checkout;

    public TestVerbTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these tests play test programs by shell scripts");
        _checkout = new TestVerbCheckout();
    }

    [Fact]
    public async Task The_last_line_alone_counts_all_projects()
    {
        _checkout.Add("One.Tests", XunitScript.Passed("a") + XunitScript.Passed("b") + XunitScript.End(2));
        _checkout.Add("Two.Tests", XunitScript.Passed("c") + XunitScript.Skipped("d", "no browser") + XunitScript.End(2));

        var result = await _checkout.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\n1 skipped: no browser\n3 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_that_took_long_are_named_the_longest_first()
    {
        _checkout.Add("One.Tests", XunitScript.PassedAfter("a", "5.25") + XunitScript.PassedAfter("b", "4.9") + XunitScript.End(2));
        _checkout.Add("Two.Tests", XunitScript.PassedAfter("c", "61") + XunitScript.End(1));

        var result = await _checkout.RunAsync();

        Assert.EndsWith("\nTook longest:\n    61.0 s  c\n     5.3 s  a\n\n3 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_test_is_shown_with_its_message_and_our_own_stack_frames()
    {
        _checkout.Add("One.Tests", XunitScript.Passed("a") + XunitScript.Failed("b") + XunitScript.End(2, failed: 1));

        var result = await _checkout.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("\nFAILED b\n  Expected 42, got 41\n     at Own.Test() in Own.cs:line 7\n\n1 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_counts_as_a_failure_and_names_the_test_that_ran()
    {
        _checkout.Add("One.Tests", XunitScript.Passed("a") + XunitScript.Starting("the_culprit") + "echo 'Stack overflow.' >&2; kill -ABRT $$\n");
        _checkout.Add("Two.Tests", XunitScript.Passed("b") + XunitScript.End(1));

        var result = await _checkout.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("stopped in the middle with exit code 134", result.Output, StringComparison.Ordinal);
        Assert.Contains("Running at that moment: the_culprit", result.Output, StringComparison.Ordinal);
        Assert.Contains("  Stack overflow.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped_with_its_children_and_counts_as_failed()
    {
        var child = Path.Combine(_checkout.Root, "child");
        _checkout.Add("One.Tests", XunitScript.Starting("endless") + $"sleep 120 & echo $! >\"{child}\"; wait\n");

        var result = await _checkout.RunAsync("--limit-seconds", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("did not end within 1 s", result.Output, StringComparison.Ordinal);
        Assert.Contains("Running at that moment: endless", result.Output, StringComparison.Ordinal);
        await AssertGoneAsync(child);
    }

    [Fact]
    public async Task A_process_left_behind_by_a_test_is_a_failure()
    {
        var child = Path.Combine(_checkout.Root, "child");
        _checkout.Add("One.Tests", XunitScript.Passed("a") + $"sleep 30 & echo $! >\"{child}\"\n" + XunitScript.End(1));

        using var program = _checkout.Begin();
        await Await.UntilAsync(() => program.HasExited, "the verb ends although the process left behind holds the output");
        using (var left = System.Diagnostics.Process.GetProcessById(ProcessIn(child)))
        {
            left.Kill();
        }

        var result = await TestVerbCheckout.EndAsync(program);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("left a process behind", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupt_stops_the_running_program_and_exits_with_105(string signal)
    {
        var child = Path.Combine(_checkout.Root, "child");
        _checkout.Add("One.Tests", $"sleep 120 & echo $! >\"{child}\"; wait\n");
        using var program = _checkout.Begin();
        await Await.UntilAsync(() => ProcessIn(child) > 0, "the test program runs");

        program.Signal(signal);
        var result = await TestVerbCheckout.EndAsync(program);

        Assert.Equal(105, result.ExitCode);
        await AssertGoneAsync(child);
    }

    [Fact]
    public async Task Output_of_tests_between_the_messages_does_no_harm()
    {
        _checkout.Add("One.Tests", "echo 'hello'; printf 'no end of line'; " + XunitScript.Passed("a") + "echo '{\"$type\":\"broken'\n" + XunitScript.End(1));

        var result = await _checkout.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\n1 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "There is no test in this project")]
    [InlineData("lost", "messages were lost")]
    [InlineData("code", "Every test passed, yet the exit code is 3")]
    [InlineData("cleanup", "test-class-cleanup-failure")]
    [InlineData("unbuilt", "It is not built")]
    public async Task A_project_is_never_good_by_accident(string kind, string message)
    {
        _checkout.Add("One.Tests", kind switch
        {
            "none" => XunitScript.End(0),
            "lost" => XunitScript.Passed("a") + XunitScript.End(2),
            "code" => XunitScript.Passed("a") + XunitScript.End(1).Replace("exit 0", "exit 3", StringComparison.Ordinal),
            "cleanup" => XunitScript.Passed("a") + XunitScript.Line("test-class-cleanup-failure", "\"Messages\":[\"left over\"],\"ExceptionTypes\":[\"X\"]") + XunitScript.End(1),
            _ => null,
        });

        var result = await _checkout.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(" passed, 1 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_takes_projects_by_a_part_of_their_name()
    {
        _checkout.Add("One.Tests", XunitScript.Passed("a") + XunitScript.End(1));
        _checkout.Add("Two.Tests", XunitScript.Failed("b") + XunitScript.End(1, failed: 1));

        var result = await _checkout.RunAsync("--filter", "one");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("\n1 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_wrong_usage_and_names_what_there_is()
    {
        _checkout.Add("One.Tests", XunitScript.Passed("a") + XunitScript.End(1));

        var result = await _checkout.RunAsync("--filter", "ome");

        Assert.Equal(104, result.ExitCode);
        Assert.Contains("One.Tests", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100000")]
    public async Task A_limit_outside_its_range_is_wrong_usage(string seconds)
    {
        var result = await _checkout.RunAsync("--limit-seconds", seconds);

        Assert.Equal(104, result.ExitCode);
        Assert.Contains($"--limit-seconds {seconds} is outside", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_tool_is_named_and_nothing_is_installed_unasked()
    {
        _checkout.Add("PerfLab.Reporting.Tests", XunitScript.Skipped("a", "no browser") + XunitScript.End(1));
        _checkout.ReplaceTools();

        var result = await _checkout.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("chromium is missing", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt-get install chromium", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_checkout.Root, "apt-get-calls")));
    }

    [Fact]
    public async Task Under_CI_root_installs_what_the_tests_need_and_only_that()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "installing needs root");
        _checkout.Add("PerfLab.Reporting.Tests", XunitScript.Passed("a") + XunitScript.End(1));
        _checkout.Add("Other.Tests", XunitScript.Passed("b") + XunitScript.End(1));
        _checkout.ReplaceTools();
        _checkout.Variables["CI"] = "true";

        var other = await _checkout.RunAsync("--filter", "Other");
        Assert.False(File.Exists(Path.Combine(_checkout.Root, "apt-get-calls")));
        var all = await _checkout.RunAsync();

        Assert.Equal(0, other.ExitCode);
        Assert.Equal(0, all.ExitCode);
        Assert.Equal(["update -q", "install -y -q --no-install-recommends chromium"], File.ReadAllLines(Path.Combine(_checkout.Root, "apt-get-calls")));
        Assert.DoesNotContain("missing", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_test_project_at_all_is_a_failure()
    {
        var result = await _checkout.RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("0 passed, 0 failed\n", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _checkout?.Dispose();

    private static int ProcessIn(string file) =>
        File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static Task AssertGoneAsync(string file) =>
        Await.UntilAsync(() => Await.IsGone(ProcessIn(file)), "the child of the test program goes");
}
