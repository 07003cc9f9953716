using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;
using PerfLab.Load.Timing;

namespace PerfLab.Load.LoadTests;

/// <summary>Carries out a load test: rehearses, warms up, measures.</summary>
public sealed class LoadTestRun
{
    // Warm-up and load must not begin with the same rows and arrivals, and yet follow from the one seed.
    private const ulong WarmUpSeed = 0x5741524D2D5550;

    private readonly LoadTest _test;
    private readonly RequestMix _mix;
    private readonly IReadOnlyList<LoadPhase> _warmUp;
    private readonly IReadOnlyList<LoadPhase> _phases;

    private LoadTestRun(LoadTest test, RequestMix mix)
    {
        _test = test;
        _mix = mix;
        _warmUp = test.WarmUp > TimeSpan.Zero && WarmUpLoad.Of(test.Simulations, test.WarmUp) is { } load
            ? LoadPhases.Create([load], test.Seed ^ WarmUpSeed)
            : [];
        _phases = LoadPhases.Create(test.Simulations, test.Seed);
        Driver = RequestDrivers.Choose(test.Address.Base, test.Options);
        DriverOptionRules.Check(test.Options);
    }

    /// <summary>Gets the driver that will be used.</summary>
    public DriverKind Driver { get; }

    /// <summary>Gets how long the load takes by its schedule, without warm-up; null when a number of iterations ends it.</summary>
    public TimeSpan? Duration => _phases.OfType<LoadPhase.Closed>().Any(phase => phase.Load.Duration is null)
        ? null
        : TimeSpan.FromTicks(_phases.Sum(phase => phase switch
        {
            LoadPhase.Open(var schedule) => schedule.Duration.Ticks,
            LoadPhase.Closed(var load) => load.Duration!.Value.Ticks,
            LoadPhase.Pause(var during) => during.Ticks,
            _ => 0,
        }));

    /// <summary>Makes everything that the load needs; nothing is sent.</summary>
    /// <param name="test">What shall be done.</param>
    /// <exception cref="ArgumentException">Something cannot be done; the message says what.</exception>
    /// <exception cref="FormatException">A placeholder names no field.</exception>
    public static LoadTestRun Prepare(LoadTest test)
    {
        var checks = new Dictionary<string, ResponseCheck>(StringComparer.Ordinal);
        if (test.Check is { } check)
        {
            checks.Add(test.Request.Name, check);
        }

        IReadOnlyList<DataFeed>? feeds = test.Feeds.Count > 0 ? test.Feeds : null;
        var mix = RequestMix.Create(test.Address.Base, [test.Request], new RequestMixOptions { Feeds = feeds, Checks = checks }, test.Seed);
        return new LoadTestRun(test, mix);
    }

    /// <summary>Finds out whether anybody listens, before load is made.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="IOException">Nobody listens at the address; the message says what to do.</exception>
    public Task ReachAsync(CancellationToken cancellationToken) =>
        TargetReach.CheckAsync(_test.Address.Base, _test.Options.ConnectTimeout, cancellationToken);

    /// <summary>Runs the load on the calling thread.</summary>
    /// <param name="progress">Is told about every second of warm-up and load; see <see cref="DriverOptions.Progress"/>.</param>
    /// <param name="cancellationToken">Ends the load early; what was measured is returned.</param>
    public LoadTestMeasurement Execute(IProgress<LoadTestStep> progress, CancellationToken cancellationToken)
    {
        _ = GeneratorThread.Prepare(_test.Cores);
        Rehearsal.Run(Driver);
        var timeline = new Timeline(progress);
        using var driver = RequestDrivers.Create(_test.Address.Base, _mix, _test.Options with { Progress = timeline });
        Carry(driver, _warmUp, timeline, new LatencyRecorder(), cancellationToken);
        timeline.BeginMeasuring();
        var recorder = new LatencyRecorder();
        var (cpuBefore, allocatedBefore) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var result = Carry(driver, _phases, timeline, recorder, cancellationToken);
        return new LoadTestMeasurement(Driver, result, recorder, timeline.Measured)
        {
            ProcessCpu = Environment.CpuUsage.TotalTime - cpuBefore,
            AllocatedBytes = GC.GetTotalAllocatedBytes() - allocatedBefore,
        };
    }

    private static LoadResult Carry(
        IRequestDriver driver, IReadOnlyList<LoadPhase> phases, Timeline timeline, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        var results = new List<LoadResult>();
        foreach (var phase in phases.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var begin = MonotonicClock.NowNanoseconds;
            results.Add(LoadSession.Run(driver, [phase], recorder, cancellationToken));
            timeline.EndPhase(MonotonicClock.ToSeconds(MonotonicClock.NowNanoseconds - begin));
        }

        return LoadResult.Combine(results) with { WasCancelled = cancellationToken.IsCancellationRequested };
    }
}
