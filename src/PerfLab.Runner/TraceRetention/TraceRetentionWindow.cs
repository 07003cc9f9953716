using PerfLab.Collector.Capture;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.TraceRetention;

/// <summary>
/// The part of a launch set after its measured rounds in which all arms receive load at once and every span that is kept is
/// recorded.
/// </summary>
/// <param name="plan">A plan with a visibility section.</param>
/// <param name="launchSet">Number of the launch set, from 1.</param>
/// <param name="spans">Where spans arrive.</param>
/// <param name="createDriver">Makes connections.</param>
/// <param name="time">The clock of dates.</param>
internal sealed class TraceRetentionWindow(
    Plan plan,
    int launchSet,
    ISpanSink spans,
    Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver,
    TimeProvider time)
{
    /// <summary>Runs the window.</summary>
    /// <param name="arms">The arms, alive; those of a target that dies meanwhile end in an exception.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>The observation of each arm, in the order of the arms.</returns>
    public async Task<IReadOnlyList<ArmObservation>> RunAsync(IReadOnlyList<RunningArm> arms, CancellationToken cancellationToken)
    {
        var visibility = plan.Visibility!;
        foreach (var arm in arms)
        {
            spans.BeginRecording(arm.Plan, new SpanRecorderOptions { Attribute = visibility.Attribute, Prefix = RequestNumberHeader.Prefix });
        }

        // A thread each: the schedules overlap, and a driver serves one at a time.
        var loads = await Task.WhenAll(arms.Select((arm, index) => Task.Factory.StartNew(
            () => Load(arm, index, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await Task.Delay(TimeSpan.FromSeconds(visibility.SettleSeconds), cancellationToken);
        foreach (var arm in arms)
        {
            arm.EnsureAlive();
        }

        return [.. arms.Zip(loads, (arm, load) => Observation(load.Requests, load.BeginUnixNanoseconds, spans.EndRecording(arm.Plan)))];
    }

    private static ArmObservation Observation(IReadOnlyList<ObservedRequest> requests, long beginUnixNanoseconds, SpanRecording recording) =>
        new(requests, beginUnixNanoseconds, recording.Spans, recording.LostCount);

    private (IReadOnlyList<ObservedRequest> Requests, long BeginUnixNanoseconds) Load(RunningArm arm, int index, CancellationToken cancellationToken)
    {
        // Arms differ on purpose: all at the same instants they would stand in each other's way.
        var schedule = ArrivalSchedule.Poisson(
            plan.Visibility!.RatePerSecond,
            TimeSpan.FromSeconds(plan.Visibility.LoadSeconds),
            SubSeed.Derive(plan.Seed, SeedPurpose.TraceRetention, launchSet, index, 0));
        double[] starts = [.. schedule.OffsetsNanoseconds.ToArray().Select(offset => offset / 1e9)];
        var requests = WindowRequestGenerator.Choose(plan, starts, SubSeed.Derive(plan.Seed, SeedPurpose.TraceRetention, launchSet, index, 1));
        if (requests.Count == 0)
        {
            return ([], UnixNanoseconds());
        }

        var address = arm.Address;
        var journal = new RequestJournal(requests.Count);
        var options = new DriverOptions { MaxInFlight = plan.MaxInFlight, LastsItsSchedule = true, MaxPacingLead = TimeSpan.Zero, Journal = journal };
        using var driver = createDriver(address, RequestMix.Sequence(address, [.. requests.Select(request => RunningArm.WithToken(request.Definition, arm.Token))]), options);
        var begin = UnixNanoseconds();
        var result = driver.RunOpen(schedule, new LatencyRecorder(), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        arm.AnsweredCount += result.Counts.Answered;
        return (Combine(requests, journal.Read()), begin);
    }

    private static IReadOnlyList<ObservedRequest> Combine(IReadOnlyList<WindowRequest> requests, IReadOnlyList<RequestResult> outcomes) =>
    [
        .. requests.Zip(outcomes, (request, outcome) => (request, outcome))
            .Select((pair, number) => (pair.request, pair.outcome, number))
            .Where(sent => sent.outcome.Status != RequestStatus.Unknown)
            .Select(sent => new ObservedRequest(
                sent.number,
                sent.request.Kind,
                sent.outcome.StartSeconds,
                sent.outcome.ResponseSeconds,
                sent.request.IsMeantToFail || sent.outcome.Status == RequestStatus.Failed)),
    ];

    private long UnixNanoseconds() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
