using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;

namespace PerfLab.Runner.Visibility;

/// <summary>Finds out, after the measured rounds, what each arm lets one see.</summary>
/// <param name="spans">Where spans arrive.</param>
/// <param name="createDriver">Makes connections.</param>
/// <param name="time">The clock of dates.</param>
internal sealed class VisibilityStage(ISpanSink spans, Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver, TimeProvider time) : IAfterMeasuring
{
    /// <inheritdoc/>
    public async Task RunAsync(Plan plan, int launchSet, IReadOnlyList<ArmInstance> arms, string launchFolder, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Visibility is null)
        {
            return;
        }

        progress.Report(new RunStep(RunPhase.Visibility, launchSet, plan.LaunchSets));
        var seen = await new VisibilityWindow(plan, launchSet, spans, createDriver, time).RunAsync(arms, cancellationToken);
        foreach (var (arm, (observation, record)) in arms.Zip(seen))
        {
            arm.Visibility = record;
            await File.WriteAllTextAsync(RunFolder.VisibilityTable(launchFolder, arm.Plan), RequestTable.Of(observation), cancellationToken);
        }
    }
}
