using PerfLab.Collector.Visibility;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Randomness;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Visibility;

/// <summary>
/// The part of a launch set after its measured rounds in which all arms get load at once and every span that is kept of it is
/// written down.
/// </summary>
/// <param name="plan">A plan with a visibility section.</param>
/// <param name="launchSet">Number of the launch set, from 1.</param>
/// <param name="spans">Where spans arrive.</param>
/// <param name="createDriver">Makes connections.</param>
/// <param name="time">The clock of dates.</param>
internal sealed class VisibilityWindow(
    Plan plan,
    int launchSet,
    ISpanSink spans,
    Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver,
    TimeProvider time)
{
    /// <summary>Runs the window.</summary>
    /// <param name="arms">The arms, alive; those of a target that dies meanwhile end in an exception.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>What each arm let one see, in the order of the arms.</returns>
    public async Task<IReadOnlyList<SeenArm>> RunAsync(IReadOnlyList<ArmInstance> arms, CancellationToken cancellationToken)
    {
        var visibility = plan.Visibility!;
        foreach (var arm in arms)
        {
            spans.BeginWatch(arm.Plan, new SpanWatchOptions { Attribute = visibility.Attribute, Prefix = RequestNumber.Prefix });
        }

        // A thread each: the schedules overlap, and a driver serves one at a time.
        var loads = await Task.WhenAll(arms.Select((arm, index) => Task.Factory.StartNew(
            () => Load(arm, index, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await Task.Delay(TimeSpan.FromSeconds(visibility.SettleSeconds), cancellationToken);
        foreach (var arm in arms)
        {
            arm.EnsureAlive();
            arm.SpansStarted = arm.ReadFull().SpansStarted;
        }

        ArmObservation[] observations = [.. arms.Zip(loads, (arm, load) => new ArmObservation(load.Requests, load.BeginUnixNanoseconds, spans.EndWatch(arm.Plan).Spans))];
        return [.. observations.Zip(VisibilityJudge.Judge(visibility, observations), (observation, record) => new SeenArm(observation, record))];
    }

    private (IReadOnlyList<SeenRequest> Requests, long BeginUnixNanoseconds) Load(ArmInstance arm, int index, CancellationToken cancellationToken)
    {
        // Arms differ on purpose: all at the same instants they would stand in each other's way.
        var schedule = ArrivalSchedule.Poisson(
            plan.Visibility!.RatePerSecond,
            TimeSpan.FromSeconds(plan.Visibility.LoadSeconds),
            SubSeed.Derive(plan.Seed, SeedPurpose.Visibility, launchSet, index, 0));
        double[] starts = [.. schedule.OffsetsNanoseconds.ToArray().Select(offset => offset / 1e9)];
        var requests = WindowRequests.Choose(plan, starts, SubSeed.Derive(plan.Seed, SeedPurpose.Visibility, launchSet, index, 1));
        if (requests.Count == 0)
        {
            return ([], UnixNanoseconds());
        }

        var address = arm.Address;
        var journal = new RequestJournal(requests.Count);
        var options = new DriverOptions { MaxInFlight = plan.MaxInFlight, MaxPacingLead = TimeSpan.Zero, Journal = journal };
        using var driver = createDriver(address, RequestMix.Sequence(address, [.. requests.Select(request => request.Definition)]), options);
        var begin = UnixNanoseconds();
        var result = driver.RunOpen(schedule, new LatencyRecorder(), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        arm.AnsweredCount += result.AnsweredCount;
        return (Combine(requests, journal.Read()), begin);
    }

    private static IReadOnlyList<SeenRequest> Combine(IReadOnlyList<WindowRequest> requests, IReadOnlyList<RequestOutcome> outcomes) =>
    [
        .. requests.Zip(outcomes, (request, outcome) => (request, outcome))
            .Select((pair, number) => (pair.request, pair.outcome, number))
            .Where(sent => sent.outcome.Fate != RequestFate.Unknown)
            .Select(sent => new SeenRequest(
                sent.number,
                sent.request.Kind,
                sent.outcome.StartSeconds,
                sent.outcome.ResponseSeconds,
                sent.request.IsMeantToFail || sent.outcome.Fate == RequestFate.Failed)),
    ];

    private long UnixNanoseconds() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
