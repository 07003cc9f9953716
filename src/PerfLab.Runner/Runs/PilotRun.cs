using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;

namespace PerfLab.Runner.Runs;

/// <summary>The pilot as a launch set of its own, whose processes measure nothing else.</summary>
internal sealed class PilotRun(ArmStarter starter, LabThread lab, string folder)
{
    /// <summary>Starts all arms, measures their capacity and stops them.</summary>
    /// <exception cref="Targets.TargetFailedException">A target did not start, died, or answers nothing as expected.</exception>
    public async Task<PilotObservation> RunAsync(Plan draft, LoadDefinition load, IRunProgress progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        Rates rates;
        double startSeconds;
        await using (var alive = new LiveArms(folder))
        {
            for (var index = 0; index < draft.Arms.Count; index++)
            {
                progress.Report(new RunStep(RunPhase.Start, 0, 0) { Arm = draft.Arms[index].Name });
                alive.Add(index, await starter.StartAsync(draft, draft.Arms[index], folder, alive.ScratchFolder, cancellationToken));
            }

            startSeconds = clock.Elapsed.TotalSeconds;
            rates = await lab.RunAsync(() => load.RatePerSecond is null
                ? Measure(draft, load.CapacityShare, alive.InPlanOrder, progress, cancellationToken)
                : new Rates(Pilot.TryOnce(alive.InPlanOrder, progress, cancellationToken), null, null));
            await alive.StopAsync();
        }

        var pilot = PilotResult.From(rates.CapacityPerSecond, load.CapacityShare, clock.Elapsed.TotalSeconds) with { OpenLoop = rates.OpenLoop };
        return new PilotObservation(pilot, startSeconds, rates.WarmUpSeconds);
    }

    private static Rates Measure(
        Plan draft,
        double capacityShare,
        IReadOnlyList<ArmInstance> arms,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new RunStep(RunPhase.WarmUp, 0, 0));
        var clock = Stopwatch.StartNew();
        new WarmUpPhase(draft, arms).Work(launchSet: 0, cancellationToken);
        var warmUpSeconds = clock.Elapsed.TotalSeconds;
        var capacity = Pilot.MeasureCapacity(arms, progress, cancellationToken);
        var openLoop = draft.Placement is { } placement
            ? new OpenLoopPilot(draft, placement.TargetCores.Count, arms, progress).Find(capacityShare * capacity.Values.Min(), cancellationToken)
            : null;
        return new Rates(capacity, openLoop, warmUpSeconds);
    }

    private sealed record Rates(IReadOnlyDictionary<string, double> CapacityPerSecond, OpenLoopTrial? OpenLoop, double? WarmUpSeconds);
}
