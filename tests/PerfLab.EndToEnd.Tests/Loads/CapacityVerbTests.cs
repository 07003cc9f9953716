using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.EndToEnd.Tests.Scenarios;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary><c>capacity</c> as a user starts it, on the real shop.</summary>
public sealed class CapacityVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_arm_is_searched_and_what_was_tried_is_kept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of these tests need Linux.");
        var file = ScriptedTarget.Write(_folder, ScriptedTarget.Shop);

        var run = await Cli.RunAsync("capacity", file, "--slo", "p(99)<50", "--slo", "errors<1%", "--launch-sets", "1", "--rounds", "6", "--results", _folder.FullPath);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Highest rate of scripted that holds p(99)<50 and errors<1%", run.Output, StringComparison.Ordinal);
        Assert.Contains("Undecided", run.Output, StringComparison.Ordinal);
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(_folder.FullPath, "capacity")));
        var record = RunFolder.Read<CapacityRecord>(Path.Combine(folder, "capacity.json"), CapacityRecord.CurrentFormatVersion);
        Assert.Equal(["a", "a'", "b"], record.Answers.Select(answer => answer.Arm));
        Assert.All(Assert.Single(record.LaunchSets).Arms, arm => Assert.True(arm.Trials.Count >= 6 && arm.Trials.Sum(trial => trial.AnsweredCount) > 0 && arm.CpuSecondsPerRequest > 0, arm.ToString()));
        Assert.True(File.Exists(Path.Combine(folder, "capacity.txt")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "launches"), "*.log", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("overhead(cpu)<5%", "6", "overhead(cpu)")]
    [InlineData("p(99)<2x", "6", "2x")]
    [InlineData("p(99)<20", "0", "--launch-sets")]
    public async Task Wrong_usage_is_104_and_starts_nothing(string slo, string launchSets, string told)
    {
        var run = await Cli.RunAsync("capacity", "smoke", "--slo", slo, "--launch-sets", launchSets, "--results", _folder.FullPath);

        Assert.True(run.ExitCode == 104, run.ToString());
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.FullPath));
    }

    public void Dispose() => _folder.Dispose();
}
