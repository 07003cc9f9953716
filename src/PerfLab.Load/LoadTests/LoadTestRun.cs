using System.Net.Sockets;
using PerfLab.Load.Drivers;
using PerfLab.Load.Http;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

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
        Driver = RequestDriverFactory.Choose(test.Address.Base, test.Options);
        DriverOptionsValidator.Validate(test.Options);
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
        RequestMixOptions options = new()
        {
            Feeds = test.Feeds,
            UsesRowsOnce = test.UsesRowsOnce,
            Bodies = test.Requests.Where(test.HasBody).ToDictionary(request => request.Name, _ => test.Body!, StringComparer.Ordinal),
            Checks = test.Check is { } check ? test.Requests.ToDictionary(request => request.Name, _ => check, StringComparer.Ordinal) : new RequestMixOptions().Checks,
        };
        var mix = RequestMix.Create(test.Address.Base, test.Requests, options, test.Seed);
        FeedUse.Check(test, mix);
        var run = new LoadTestRun(test, mix);
        RowDemand.Check(test, mix, [.. run._warmUp, .. run._phases]);
        if (!run._phases.Any(phase => phase is LoadPhase.Closed or LoadPhase.Open { Schedule.OffsetsNanoseconds.Length: > 0 }))
        {
            throw new ArgumentException($"No request was due in {LoadSimulationSyntax.Write(test.Simulations)} (load). Make it longer, or raise the rate.", nameof(test));
        }

        var limits = GeneratorLimits.FaultsOf(GeneratorLimits.ConnectionsOf([.. run._warmUp, .. run._phases], test.Options.MaxInFlight), test.Cores, ProcessLimits.Read(), test.Options.UnixSocket is null);
        return limits.Count == 0 ? run : throw new ArgumentException(string.Join(Environment.NewLine, limits), nameof(test));
    }

    /// <summary>Finds out whether anybody listens, before load is made.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The addresses of the host, and the one among them that accepted.</returns>
    /// <exception cref="IOException">Nobody listens at the address; the message says what to do.</exception>
    public Task<TargetEndPoints> CheckReachabilityAsync(CancellationToken cancellationToken) =>
        ReachabilityCheck.CheckAsync(_test.Address.Base, _test.Options, cancellationToken);

    /// <summary>Finds out what the service speaks, when nothing was answered in HTTP/1.1 without TLS.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it speaks and what to do; null when that does not explain it.</returns>
    public async Task<string?> FindMismatchAsync(CancellationToken cancellationToken) =>
        _test.Address.Base.Scheme != Uri.UriSchemeHttp || _test.Options.UnixSocket is not null || _test.Options.HttpVersion.Major != 1 ? null
        : await PortProtocolCheck.AskAsync(_test.Address.Base, cancellationToken) switch
        {
            PortProtocol.Tls => ErrorMessages.Describe(ResponseFault.TlsRecord),
            PortProtocol.Http2 => ErrorMessages.Describe(ResponseFault.Http2Frame),
            _ => null,
        };

    /// <summary>Runs the load on the calling thread.</summary>
    /// <param name="progress">Receives every second of warm-up and load; see <see cref="DriverOptions.Progress"/>.</param>
    /// <param name="cancellationToken">Ends the load early; what was measured is returned.</param>
    public LoadTestMeasurement Execute(IProgress<LoadTestProgress> progress, CancellationToken cancellationToken)
    {
        _ = GeneratorThreadSetup.Prepare(_test.Cores);
        JitWarmUp.Run(Driver, _test.Address.Base, _test.Options.HttpVersion);
        var timeline = new Timeline(progress);
        var breakdown = _test.Requests.Count > 1 ? new RequestBreakdown(_mix) : null;
        using var driver = RequestDriverFactory.Create(_test.Address.Base, _mix, _test.Options with { Progress = timeline, Breakdown = breakdown, KeepsOneOrder = true });
        RunPhases(driver, _warmUp, timeline, new LatencyRecorder(), cancellationToken);
        timeline.BeginMeasuring();
        breakdown?.Reset();
        var recorder = new LatencyRecorder();
        var (cpuBefore, allocatedBefore) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var result = RunPhases(driver, _phases, timeline, recorder, cancellationToken);
        return new LoadTestMeasurement(Driver, result, recorder, timeline.Measured)
        {
            Breakdown = breakdown,
            ShortFeed = RowDemand.ShortestOf(_test.Feeds, _mix, result.Counts.Started),
            ProcessCpu = Environment.CpuUsage.TotalTime - cpuBefore,
            AllocatedBytes = GC.GetTotalAllocatedBytes() - allocatedBefore,
        };
    }

    private static LoadResult RunPhases(
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

/// <summary>What a warm-up does: the first load of the simulations, steadily.</summary>
internal static class WarmUpLoad
{
    /// <summary>Gets the load of a warm-up, or null when the simulations hold none.</summary>
    public static LoadSimulation? Of(IReadOnlyList<LoadSimulation> simulations, TimeSpan during) => simulations
        .Select(LoadSimulation? (simulation) => simulation switch
        {
            LoadSimulation.Inject(var rate, _) => Open(rate),
            LoadSimulation.InjectRandom(var rate, _) => Open(rate),
            LoadSimulation.RampingInject(var rate, _) => Open(rate),
            LoadSimulation.IterationsForInject(var rate, _) => Open(rate),
            LoadSimulation.KeepConstant(var copies, _) => Closed(copies),
            LoadSimulation.RampingConstant(var copies, _) => Closed(copies),
            LoadSimulation.IterationsForConstant(var copies, _) => Closed(copies),
            _ => null,
        })
        .FirstOrDefault(simulation => simulation is not null) switch
        {
            LoadSimulation.Inject open => open with { During = during },
            LoadSimulation.KeepConstant closed => closed with { During = during },
            _ => null,
        };

    private static LoadSimulation.Inject? Open(double rate) => rate > 0 ? new LoadSimulation.Inject(rate, TimeSpan.Zero) : null;

    private static LoadSimulation.KeepConstant? Closed(int copies) => copies > 0 ? new LoadSimulation.KeepConstant(copies, TimeSpan.Zero) : null;
}

/// <summary>Finds out whether anybody listens before load is made: ten thousand refused connections say no more than one.</summary>
internal static class ReachabilityCheck
{
    /// <exception cref="IOException">Nobody listens, or not within the limit; the message says where and what to do.</exception>
    public static async Task<TargetEndPoints> CheckAsync(Uri address, DriverOptions options, CancellationToken cancellationToken)
    {
        var where = options.UnixSocket ?? address.Authority;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(options.ConnectTimeout);
        try
        {
            var endPoints = TargetEndPoints.Of(address, options.UnixSocket);
            using var socket = await endPoints.ConnectAsync(ending.Token);
            return endPoints;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.TooManyOpenSockets)
        {
            throw new IOException($"The generator cannot connect to {where}: {ErrorMessages.Describe(ErrorKind.ConnectFailed, error.SocketErrorCode == SocketError.AddressNotAvailable ? Linux.Errno.AddressNotAvailable : Linux.Errno.TooManyOpenFiles)} (load). Wait, or widen the limit.", error);
        }
        catch (SocketException error)
        {
            throw Fault(where, error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault(where, $"no connection within {options.ConnectTimeout.TotalSeconds:0.###} s", error);
        }
    }

    private static IOException Fault(string where, string reason, Exception inner) =>
        new($"{where} cannot be reached: {reason} (load). Start the service, or correct host and port{(where.Contains('/', StringComparison.Ordinal) ? ", or the path of the socket (--unix-socket)" : string.Empty)}.", inner);
}
