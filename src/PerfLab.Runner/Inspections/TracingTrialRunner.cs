using System.Diagnostics;
using PerfLab.Collector.Capture;
using PerfLab.Experiments;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Inspections;

/// <summary>Starts the service under a tracing configuration, sends it a few requests, and counts what arrives of their spans.</summary>
internal sealed class TracingTrialRunner(
    ServiceDescription service, Placement? placement, ArmStarter starter, ISpanSink spans, GeneratorThread lab, string logFolder)
{
    /// <summary>How often each request is sent.</summary>
    public const int Repeats = 20;

    // One at a time: what is asked is whether requests are answered and traced, not how many at once.
    private const int OneByOne = 1;

    // Trials need not wait for the default of 5 s between two batches; an SDK that does not know the variable is waited for.
    private const string BatchDelayMilliseconds = "200";
    private static readonly TimeSpan s_firstSpanLimit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_leastSettling = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan s_slowSettling = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private TimeSpan _settling = s_leastSettling;
    private PortHandling? _port;
    private bool _isSimplified;
    private int _trials;

    /// <summary>Gets or sets what was found out so far.</summary>
    public ServiceInspection Found { get; set; } = new() { Service = service };

    /// <summary>Finds a way in which the service takes its port, and makes the trial with every trace sampled.</summary>
    /// <param name="started">Is called when it is ready.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="TargetFailedException">None of the ways works; of several failures the one that names other ports, else the first.</exception>
    public async Task FindPortAsync(Action started, CancellationToken cancellationToken)
    {
        TargetFailedException? failure = null;
        foreach (var candidate in PortHandling.CandidatesFor(Found.Service))
        {
            try
            {
                var trial = await RunAsync(candidate, TracingVariants.AlwaysOn, Repeats, started, cancellationToken);
                _settling = Max(s_leastSettling, TimeSpan.FromSeconds(1.5 * trial.LastSpanSeconds));
                Found = Found with { Port = candidate, AlwaysOn = trial };
                return;
            }
            catch (TargetFailedException error) when (_port is null)
            {
                failure = failure is null || (failure.OtherPorts.Count == 0 && error.OtherPorts.Count > 0) ? error : failure;
            }
        }

        throw failure!;
    }

    /// <summary>
    /// Leaves out the requests of a document that were not answered as expected, and makes the trial again without them, as long as
    /// another was.
    /// </summary>
    /// <exception cref="TargetFailedException">The service does not start any more, or dies.</exception>
    public async Task LeaveOutFailingAsync(CancellationToken cancellationToken)
    {
        while (Found is { Service.IsFromDocument: true, AlwaysOn: { } trial } && trial.Requests.ToLookup(request => request.Error is null) is var works && works[true].Any() && works[false].Any())
        {
            Found = Found with
            {
                LeftOut = [.. Found.LeftOut, .. works[false]],
                Service = Found.Service with { Requests = [.. Found.Service.Requests.Where(request => works[true].Any(one => one.Name == request.Name))] },
            };
            var again = await RunAsync(TracingVariants.AlwaysOn, Repeats, cancellationToken);
            Found = Found with { AlwaysOn = again };
        }
    }

    /// <summary>Makes a trial; with fewer variables for the port where they turn out to be enough.</summary>
    /// <exception cref="TargetFailedException">The service does not start any more, or dies.</exception>
    public async Task<TracingTrial> RunAsync(Variant variant, int repeats, CancellationToken cancellationToken)
    {
        var simplerOnes = _isSimplified ? [] : Found.Port!.Simpler(Found.Service, Found.Runtime);
        _isSimplified = true;
        foreach (var simpler in simplerOnes)
        {
            try
            {
                _port = null;
                var trial = await RunAsync(simpler, variant, repeats, started: null, cancellationToken);
                Found = Found with { Port = simpler };
                return trial;
            }
            catch (TargetFailedException) when (_port is null)
            {
                // This variable alone is not what it reads.
            }
        }

        return await RunAsync(Found.Port!, variant, repeats, started: null, cancellationToken);
    }

    private async Task<TracingTrial> RunAsync(PortHandling port, Variant variant, int repeats, Action? started, CancellationToken cancellationToken)
    {
        var plan = PlanOf(port, variant);
        var arm = plan.Arms.Single(each => each.Name == variant.Name);
        var folder = Directory.CreateDirectory(Path.Combine(logFolder, $"{++_trials:00}-{variant.Name}")).FullName;
        spans.Reset(arm);
        spans.BeginRecording(arm, new SpanRecorderOptions { Attribute = string.Empty, Prefix = string.Empty });
        await using var alive = new RunningArms(folder);
        alive.Add(0, await starter.StartAsync(plan, arm, folder, alive.ScratchFolder, cancellationToken));
        var readyUnixNanoseconds = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var running = alive.InPlanOrder[0];
        _port = port;
        Learn(running);
        started?.Invoke();
        var spansBefore = spans.Read(arm).SpanCount;
        var requests = await lab.RunAsync(() => plan.Target.Requests.Select(request => Send(running.Address, RunningArm.WithToken(request, running.Token), repeats, cancellationToken)).ToArray());
        cancellationToken.ThrowIfCancellationRequested();
        var lastSpanSeconds = await SettleAsync(arm, spansBefore, variant == TracingVariants.AlwaysOn && requests.All(request => request.Error is null), cancellationToken);
        running.EnsureAlive();
        var sampled = running.ReadFull().SpansStarted;
        await alive.StopAsync();
        await spans.CloseAsync(arm);
        var counts = spans.Read(arm);

        // Of migrations, of a warm-up, of the ready check: they belong to no request.
        var isOfStartUp = spans.EndRecording(arm).Spans.GroupBy(span => span.TraceId).ToLookup(trace => trace.Min(span => span.StartUnixNanoseconds) < readyUnixNanoseconds);
        return new TracingTrial
        {
            Requests = requests,
            SpanCount = counts.SpanCount,
            TraceCount = isOfStartUp[false].Count(),
            StartUpSpanCount = isOfStartUp[true].Sum(trace => trace.LongCount()),
            SampledSpanCount = SpanLedgerBuilder.SampledOf(sampled),
            RejectedExports = counts.RejectedExports,
            LastSpanSeconds = lastSpanSeconds,
        };
    }

    private Plan PlanOf(PortHandling port, Variant variant)
    {
        var environment = new Dictionary<string, string>(port.Process.Environment, StringComparer.Ordinal);
        environment.TryAdd(BatchWindow.DelayVariable, BatchDelayMilliseconds);
        var variants = variant == TracingVariants.Off ? [TracingVariants.Off] : new[] { TracingVariants.Off, variant };
        return PlanBuilder.Build(Found.Service.ToScenario(port.Process with { Environment = environment }, variants), pilot: null, placement, InspectionDesign.Trial.LaunchSets);
    }

    private void Learn(RunningArm running)
    {
        if (Found.StartSeconds is not null)
        {
            return;
        }

        var process = running.Processes[0];
        Found = Found with
        {
            StartSeconds = process.ReadySeconds,
            Runtime = RuntimeDetector.Of(process.ServingProcessIds),
            HasProbe = process.Readings.Name is ReadingSourceName.Probe or ReadingSourceName.ProbeTicks,
            CountsAllocation = process.Readings.ReadFull().Reading.AllocatedBytes is not null,
        };
    }

    private static RequestTrial Send(Uri address, RequestDefinition request, int repeats, CancellationToken cancellationToken)
    {
        using var driver = RequestDriverFactory.Create(address, RequestMix.Create(address, [request], InspectionDesign.Trial.Seed), new DriverOptions());
        var first = Run(1);
        return first.Counts.Answered == 0 ? TrialOf(first) : TrialOf(LoadResult.Combine([first, Run(repeats - 1)]));

        LoadResult Run(int iterations) => driver.RunClosed(ClosedLoad.ForIterations(OneByOne, iterations), new LatencyRecorder(), cancellationToken);

        RequestTrial TrialOf(LoadResult result) => new(request.Name, result.Counts.Started, result.Counts.Answered, result.ErrorExamples.Values.FirstOrDefault());
    }

    // Until no more spans come; for the first ones longer, where they are sure to come.
    private async Task<double> SettleAsync(PlannedArm arm, long spansBefore, bool expectsSpans, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var count = spans.Read(arm).SpanCount;
        var last = TimeSpan.Zero;
        while (clock.Elapsed < (count == spansBefore && expectsSpans ? s_firstSpanLimit : last + Settling(last)))
        {
            await Task.Delay(s_pollInterval, cancellationToken);
            if (spans.Read(arm).SpanCount is var now && now != count)
            {
                (count, last) = (now, clock.Elapsed);
            }
        }

        return last.TotalSeconds;
    }

    private TimeSpan Settling(TimeSpan last) => last > TimeSpan.FromSeconds(1) ? s_slowSettling : _settling;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
