using PerfLab.Bench;
using PerfLab.Bench.Baseline;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.EndToEnd.Tests.Scenarios;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary>The benches that compare one configuration with itself. What they measure on a busy machine means nothing; that they measure does.</summary>
public sealed class TwinBenchTests : IDisposable
{
    private const string NeedsLinux = "The bench reads /proc and places programs on two processors.";
    private const string TooBusy = "The machine was too busy to measure anything: three launch sets in a row were voided. Run the tests alone.";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task One_after_the_other_and_interleaved_are_both_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2, NeedsLinux);

        var run = await RunAsync("baseline");

        Assert.SkipWhen(BusyMachine.Stopped(run, Folder), TooBusy);
        Assert.True(run.ExitCode is 0 or 99, run.ToString());
        var record = Read<BaselineBenchRecord>(BaselineBenchRecord.CurrentFormatVersion);
        Assert.Equal([(1, "always-on"), (1, "always-on'"), (2, "always-on"), (2, "always-on'")], record.NaiveRuns.Select(naive => (naive.Pair, naive.Arm)));
        Assert.All(record.NaiveRuns, naive => Assert.True(naive is { Answered: > 0, Errors: 0, CpuSeconds: > 0 }, naive.ToString()));
        Assert.True(Directory.Exists(Path.Combine(Folder, record.InterleavedRun)));
        Assert.Contains("What comes of it", run.Output, StringComparison.Ordinal);
    }

    [Fact(DisableParallelization = true)]
    public async Task The_arm_without_the_probe_is_read_from_proc_and_the_other_through_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2, NeedsLinux);

        var run = await RunAsync("probe");

        Assert.SkipWhen(BusyMachine.Stopped(run, Folder), TooBusy);
        Assert.True(run.ExitCode == 0, run.ToString());
        var record = Read<ProbeBenchRecord>(ProbeBenchRecord.CurrentFormatVersion);
        Assert.Equal(
            [("probe-off", "proc"), ("probe-off'", "proc"), ("probe-on", "probe")],
            record.Readings.Select(arm => (arm.Key, arm.Value)).Order());
        Assert.Equal(3, record.Goals.Count);
    }

    public void Dispose() => _folder.Dispose();

    private string Folder => Path.Combine(_folder.FullPath, "bench");

    private Task<ProgramResult> RunAsync(string bench) =>
        RunningProgram.RunAsync(_folder.FullPath, Checkout.Script, ["bench", bench, "--quick", "--results", _folder.FullPath], s_limit);

    private T Read<T>(int version)
        where T : class =>
        RunFolder.Read<T>(Directory.GetFiles(Folder, "*.json").Single(), version);
}
