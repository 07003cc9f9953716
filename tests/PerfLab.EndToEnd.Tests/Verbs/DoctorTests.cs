using System.Text.Json;
using PerfLab.EndToEnd.Tests.Programs;

namespace PerfLab.EndToEnd.Tests.Verbs;

/// <summary><c>doctor</c> on the machine of the tests, and with as little of it as a user may have.</summary>
public sealed class DoctorTests
{
    private static readonly string[] s_titles =
        ["processors", "placement", "CPU quota", "steal", "noise", "frequency", "clock", "CPU time", "counters", "open files", "ports", "memory", "results", "SDK"];

    [Fact]
    public async Task Every_capability_has_a_line()
    {
        var run = await Cli.RunAsync("doctor");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All(s_titles, title => Assert.Matches($@"(^|\n)(good|limited) +{title} ", run.Output));
        Assert.Contains("./run.sh noise", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_processor_and_a_folder_that_cannot_be_written_are_told_with_what_to_change()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Narrows its processors with taskset.");
        using var folder = new TemporaryFolder();

        var run = await RunningProgram.RunAsync(
            folder.FullPath, "taskset", ["--cpu-list", "0", Environment.ProcessPath!, Checkout.CommandLineProgram, "doctor", "--results", "/proc/none"], TimeSpan.FromMinutes(1));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"limited +processors .*may use 0\n", run.Output);
        Assert.Matches(@"limited +placement ", run.Output);
        Assert.Matches(@"limited +results +/proc/none: not writable", run.Output);
        Assert.Contains("--results FOLDER", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_the_facts_and_the_judgement()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Narrows its processors with taskset.");

        var run = await RunningProgram.RunAsync(
            Checkout.Root, "taskset", ["--cpu-list", "0", Environment.ProcessPath!, Checkout.CommandLineProgram, "doctor", "--json"], TimeSpan.FromMinutes(1));

        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(run.Output);
        var machine = json.RootElement.GetProperty("machine");
        Assert.Equal(Environment.ProcessorCount, machine.GetProperty("online_processors").GetInt32());
        Assert.Equal(0, Assert.Single(machine.GetProperty("allowed_processors").EnumerateArray()).GetInt32());
        Assert.InRange(Assert.Single(machine.GetProperty("busy_loops").EnumerateArray()).GetProperty("lost_ratio").GetDouble(), 0, 1);
        Assert.Equal(s_titles.Length, json.RootElement.GetProperty("findings").GetArrayLength());
    }
}
