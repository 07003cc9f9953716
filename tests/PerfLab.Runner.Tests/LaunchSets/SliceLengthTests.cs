using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Load.NullServers;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Slices with few requests or none, over real connections to a server that answers at once.</summary>
public sealed class SliceLengthTests : IDisposable
{
    private const double SliceSeconds = 0.05;
    private const int Rounds = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-test-").FullName;

    // Half a request in a slice: without their answers' time all slices together would be over in milliseconds.
    [Theory]
    [InlineData(ArrivalProcess.Poisson)]
    [InlineData(ArrivalProcess.Constant)]
    public async Task A_slice_lasts_its_length_however_few_requests_it_has(ArrivalProcess arrivals)
    {
        var plan = TestPlans.Small(Rounds) with { RatePerSecond = 10, SliceSeconds = SliceSeconds, Arrivals = arrivals, Levels = [new LoadLevel(0.25, 6, 4)] };

        var record = await ExecuteAsync(plan);

        Assert.All((IEnumerable<IReadOnlyList<SliceRecord>>)[.. record.Arms.Select(arm => arm.Slices), .. record.Arms.Select(arm => arm.Levels[0].Slices)], slices =>
        {
            // Each arm is visited once a round, wherever in it.
            var least = SliceSeconds * plan.Arms.Count * (slices.Count - 2);
            Assert.True(slices[^1].StartSeconds - slices[0].StartSeconds > least, $"{slices.Count} rounds took {slices[^1].StartSeconds - slices[0].StartSeconds} s from the first to the last");
            Assert.All(slices, slice => Assert.Equal((SliceSeconds, slice.OfferedCount), (slice.ScheduledSeconds, slice.StartedCount)));
        });
    }

    // 10/s in slices of 50 ms: 5 requests in the half second of 10 rounds, as many in each arm.
    [Fact]
    public async Task Equal_intervals_go_on_from_round_to_round()
    {
        var record = await ExecuteAsync(TestPlans.Small(Rounds) with { RatePerSecond = 10, SliceSeconds = SliceSeconds, Arrivals = ArrivalProcess.Constant });

        Assert.All(record.Arms, arm => Assert.Equal(arm.Slices.Select(slice => slice.Round % 2 == 0 ? 1L : 0L), arm.Slices.Select(slice => slice.OfferedCount)));
        Assert.DoesNotContain(record.Findings, finding => finding.Code == "rate-missed");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<LaunchRecord> ExecuteAsync(Plan plan)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The null server needs Linux.");
        using var server = new NullServer(new NullServerOptions());
        using var stop = new CancellationTokenSource();
        var serving = new Thread(() => server.Run(stop.Token)) { IsBackground = true };
        serving.Start();
        try
        {
            var sink = new EmptySink(new EventLog());
            var starter = new ArmStarter(
                new RecordingLauncher(new EventLog()),
                sink,
                (_, mix, options) => RequestDriverFactory.Create(new Uri($"http://127.0.0.1:{server.Port}"), mix, options),
                new RunnerFolders("/root", "/targets", ProbeAssembly: null));
            using var lab = new GeneratorThread(cores: null);
            return await new LaunchSetExecutor(starter, sink, lab, TimeProvider.System).ExecuteAsync(plan, number: 1, _folder, new SilentProgress(), TestContext.Current.CancellationToken);
        }
        finally
        {
            stop.Cancel();
            Assert.True(serving.Join(TimeSpan.FromSeconds(10)), "the null server did not stop");
        }
    }
}
