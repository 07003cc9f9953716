using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load.Drivers;
using PerfLab.Load.Workloads;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.TraceRetention;

/// <summary>Observes, after the measured rounds, which requests each arm keeps traces of, and stores the raw observation.</summary>
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
        var observations = await new TraceRetentionWindow(plan, launchSet, spans, createDriver, time).RunAsync(arms, cancellationToken);
        foreach (var (arm, observation) in arms.Zip(observations))
        {
            arm.Observation = observation;
            observation.Write(RunFolder.TraceRetentionRequests(launchFolder, arm.Plan), RunFolder.TraceRetentionSpans(launchFolder, arm.Plan));
        }
    }
}
