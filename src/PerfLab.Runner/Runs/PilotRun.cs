using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;

namespace PerfLab.Runner.Runs;

/// <summary>The pilot as a launch set of its own, whose processes measure nothing else.</summary>
internal sealed class PilotRun(ArmStarter starter, LabThread lab, string folder)
{
    /// <summary>Starts all arms, measures their capacity and stops them.</summary>
    /// <exception cref="Targets.TargetFailedException">A target did not start, died, or answers nothing as expected.</exception>
    public async Task<PilotObservation> RunAsync(Plan draft, double capacityShare, IRunProgress progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        IReadOnlyDictionary<string, double> capacity;
        double startSeconds;
        await using (var alive = new LiveArms(folder))
        {
            for (var index = 0; index < draft.Arms.Count; index++)
            {
                progress.Report(new RunStep(RunPhase.Start, 0, 0) { Arm = draft.Arms[index].Name });
                alive.Add(index, await starter.StartAsync(draft, draft.Arms[index], folder, alive.ScratchFolder, cancellationToken));
            }

            startSeconds = clock.Elapsed.TotalSeconds;
            capacity = await lab.RunAsync(() => Pilot.MeasureCapacity(alive.InPlanOrder, progress, cancellationToken));
            await alive.StopAsync();
        }

        var slowest = capacity.MinBy(arm => arm.Value).Key;
        return new PilotObservation(
            new PilotResult(capacity, slowest, capacityShare, clock.Elapsed.TotalSeconds),
            startSeconds);
    }
}
