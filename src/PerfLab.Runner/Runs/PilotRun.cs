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
        IReadOnlyDictionary<string, double> capacity;
        double startSeconds;
        double? warmUpSeconds;
        await using (var alive = new LiveArms(folder))
        {
            for (var index = 0; index < draft.Arms.Count; index++)
            {
                progress.Report(new RunStep(RunPhase.Start, 0, 0) { Arm = draft.Arms[index].Name });
                alive.Add(index, await starter.StartAsync(draft, draft.Arms[index], folder, alive.ScratchFolder, cancellationToken));
            }

            startSeconds = clock.Elapsed.TotalSeconds;
            (capacity, warmUpSeconds) = await lab.RunAsync(() => load.RatePerSecond is null
                ? MeasureCapacity(draft, alive.InPlanOrder, progress, cancellationToken)
                : (Pilot.TryOnce(alive.InPlanOrder, progress, cancellationToken), null));
            await alive.StopAsync();
        }

        var slowest = capacity.MinBy(arm => arm.Value).Key;
        return new PilotObservation(
            new PilotResult(capacity, slowest, load.CapacityShare, clock.Elapsed.TotalSeconds),
            startSeconds,
            warmUpSeconds);
    }

    private static (IReadOnlyDictionary<string, double> Capacity, double? WarmUpSeconds) MeasureCapacity(
        Plan draft,
        IReadOnlyList<ArmInstance> arms,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new RunStep(RunPhase.WarmUp, 0, 0));
        var clock = Stopwatch.StartNew();
        new WarmUpPhase(draft, arms).Work(launchSet: 0, cancellationToken);
        var warmUpSeconds = clock.Elapsed.TotalSeconds;
        return (Pilot.MeasureCapacity(arms, progress, cancellationToken), warmUpSeconds);
    }
}
