using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.TraceRetention;

/// <summary>Finds out, after the measured rounds, what each arm lets one see.</summary>
/// <param name="spans">Where spans arrive.</param>
/// <param name="createDriver">Makes connections.</param>
/// <param name="time">The clock of dates.</param>
internal sealed class TraceRetentionStage(ISpanSink spans, Func<Uri, RequestMix, DriverOptions, IRequestDriver> createDriver, TimeProvider time) : IPostMeasurementStage
{
    /// <inheritdoc/>
    public async Task RunAsync(Plan plan, int launchSet, IReadOnlyList<RunningArm> arms, string launchFolder, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Visibility is null)
        {
            return;
        }

        progress.Report(new RunStep(RunPhase.Visibility, launchSet, plan.LaunchSets));
        var seen = await new TraceRetentionWindow(plan, launchSet, spans, createDriver, time).RunAsync(arms, cancellationToken);
        foreach (var (arm, (observation, record)) in arms.Zip(seen))
        {
            arm.Visibility = record;
            await File.WriteAllTextAsync(RunFolder.TraceRetentionTable(launchFolder, arm.Plan), RequestTable.Of(observation), cancellationToken);
        }
    }
}
