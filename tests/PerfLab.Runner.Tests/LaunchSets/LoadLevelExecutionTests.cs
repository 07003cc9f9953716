using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>A launch set that measures at several loads.</summary>
public sealed class LoadLevelExecutionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;

    [Fact]
    public async Task Every_load_level_is_a_window_of_its_own_after_the_first_at_its_own_rate()
    {
        var plan = TestPlans.Small() with { SliceSeconds = 0.05, Levels = [new LoadLevel(0.25, 400, 3), new LoadLevel(0.75, 1600, 4)] };

        var record = await ExecuteAsync(plan, TestContext.Current.CancellationToken);

        Assert.Equal(2, record.Levels.Count);
        foreach (var arm in record.Arms)
        {
            Assert.Equal(2, arm.Slices.Count(slice => !slice.IsVoided));
            Assert.Equal([3, 4], arm.Levels.Select(level => level.Slices.Count(slice => !slice.IsVoided)));
            Assert.True(arm.ClosingReading.CpuSeconds <= arm.Levels[0].Slices[0].Before.CpuSeconds);
            Assert.True(arm.Levels[0].ClosingReading.CpuSeconds <= arm.Levels[1].Slices[0].Before.CpuSeconds);

            // 0.15 s at 400/s and 0.2 s at 1,600/s: 60 and 320 in the mean, and six standard deviations of a Poisson count about it.
            Assert.InRange(arm.Levels[0].Slices.Where(slice => !slice.IsVoided).Sum(slice => slice.OfferedCount), 60 - 47, 60 + 47);
            Assert.InRange(arm.Levels[1].Slices.Where(slice => !slice.IsVoided).Sum(slice => slice.OfferedCount), 320 - 108, 320 + 108);
        }

        Assert.All(record.Arms, arm => Assert.Equal(record.Arms[0].Levels[1].Slices.Sum(slice => slice.OfferedCount), arm.Levels[1].Slices.Sum(slice => slice.OfferedCount)));
    }

    [Fact]
    public async Task A_closed_loop_is_the_last_window_and_the_only_one_in_which_no_start_is_scheduled()
    {
        var plan = TestPlans.Small() with { Levels = [new LoadLevel(0.25, 400, 3)], ClosedLoop = new ClosedLoopLevel(8, 0.05, 2) };

        var record = await ExecuteAsync(plan, TestContext.Current.CancellationToken);

        Assert.Equal([400, null], record.Levels.Select(level => level.RatePerSecond));
        Assert.True(record.Levels[1].IsValid);
        Assert.All(record.Arms, arm =>
        {
            // The driver of this test says of each closed loop that it answered 1,000 requests in 0.1 s.
            Assert.Equal([(1000, 0.1), (1000, 0.1)], arm.Levels[1].Slices.Select(slice => (slice.AnsweredCount, slice.ElapsedSeconds)));
            Assert.True(arm.Levels[0].ClosingReading.CpuSeconds <= arm.Levels[1].Slices[0].Before.CpuSeconds);
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<LaunchRecord> ExecuteAsync(Plan plan, CancellationToken cancellationToken)
    {
        var events = new EventLog();
        var sink = new EmptySink(events);
        var starter = new ArmStarter(new RecordingLauncher(events), sink, (address, _, _) => new RecordingDriver(address, events), new RunnerFolders("/root", "/targets", ProbeAssembly: null));
        using var lab = new GeneratorThread(cores: null);
        return await new LaunchSetExecutor(starter, sink, lab, TimeProvider.System).ExecuteAsync(plan, number: 1, _folder, new SilentProgress(), cancellationToken);
    }
}
