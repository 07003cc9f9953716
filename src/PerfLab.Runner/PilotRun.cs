using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner;

/// <summary>The pilot as a launch set of its own, whose processes measure nothing else.</summary>
internal sealed class PilotRun(ArmStarter starter, GeneratorThread lab, string folder)
{
    // The open-loop capacity: the busiest arm has no processor time left.
    private const double FullyBusy = 1;

    /// <summary>Starts all arms, measures their capacity and stops them.</summary>
    /// <exception cref="Targets.TargetFailedException">A target did not start, died, or answers nothing as expected.</exception>
    public async Task<PilotObservation> RunAsync(Plan draft, LoadDefinition load, IRunProgress progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        Rates rates;
        double startSeconds;
        TimeSpan lastBatch;
        await using (var alive = new RunningArms(folder))
        {
            for (var index = 0; index < draft.Arms.Count; index++)
            {
                progress.Report(new RunStep(RunPhase.Start, 0, 0) { Arm = draft.Arms[index].Name });
                alive.Add(index, await starter.StartAsync(draft, draft.Arms[index], folder, alive.ScratchFolder, cancellationToken));
            }

            startSeconds = clock.Elapsed.TotalSeconds;
            await lab.RunAsync(() => starter.GeneratorOf(draft)?.TryOnce(alive.InPlanOrder[0], cancellationToken));
            rates = await lab.RunAsync(() => load.RatePerSecond is null
                ? Measure(draft, load, alive.InPlanOrder, progress, cancellationToken)
                : new Rates(ClosedLoopPilot.TryOnce(alive.InPlanOrder, progress, cancellationToken), null, null));
            foreach (var arm in alive.InPlanOrder)
            {
                arm.ReadLastSpans();
            }

            lastBatch = LastBatch.WaitOf(draft, alive.InPlanOrder);
            await alive.StopAsync();
        }

        var pilot = PilotResult.From(rates.CapacityPerSecond, load.CapacityShare, clock.Elapsed.TotalSeconds) with { OpenLoop = rates.OpenLoop, AtCapacity = rates.AtCapacity };
        return new PilotObservation(pilot, startSeconds, rates.WarmUpSeconds, lastBatch.TotalSeconds);
    }

    private static Rates Measure(
        Plan draft,
        LoadDefinition load,
        IReadOnlyList<RunningArm> arms,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new RunStep(RunPhase.WarmUp, 0, 0));
        var clock = Stopwatch.StartNew();
        new WarmUpPhase(draft, arms).RunClosedLoop(launchSet: 0, cancellationToken);
        var warmUpSeconds = clock.Elapsed.TotalSeconds;
        var capacity = ClosedLoopPilot.MeasureCapacity(arms, progress, cancellationToken);
        var openLoop = draft.Placement is { } placement
            ? new OpenLoopPilot(draft, placement.TargetCores.Count, load.BusyShare, arms, progress).Find(load.CapacityShare * capacity.Values.Min(), cancellationToken)
            : null;
        var atCapacity = load.Levels.Count > 0 && draft.Placement is { } own
            ? new OpenLoopPilot(draft, own.TargetCores.Count, FullyBusy, arms, progress).Find(capacity.Values.Min(), cancellationToken)
            : null;
        return new Rates(capacity, openLoop, warmUpSeconds) { AtCapacity = atCapacity };
    }

    private sealed record Rates(IReadOnlyDictionary<string, double> CapacityPerSecond, OpenLoopTrial? OpenLoop, double? WarmUpSeconds)
    {
        public OpenLoopTrial? AtCapacity { get; init; }
    }
}

/// <summary>What the pilot tells the plan.</summary>
/// <param name="Result">Capacities, for the rate.</param>
/// <param name="StartSeconds">Time to start all arms, for the number of launch sets that fit the budget.</param>
/// <param name="WarmUpSeconds">Time to warm up all arms by hard work; null where the rate was fixed and nothing was warmed up.</param>
/// <param name="LastBatchSeconds">Time that a launch set leaves its arms for their last exports.</param>
internal sealed record PilotObservation(PilotResult Result, double StartSeconds, double? WarmUpSeconds, double LastBatchSeconds);
