using PerfLab.Collector;
using PerfLab.Experiments.Inspections;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Drivers;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Inspections;

/// <summary>
/// Tries a service that nobody has measured yet: how it takes its port, whether its tracing can be switched on and off from
/// outside, and what it can do. It is started as a scenario starts it; a trial that fails ends the inspection.
/// </summary>
public static class ServiceInspector
{
    // With half of so many traces kept, an interval of 99.9 % is 23 percentage points wide.
    private const int HalfSampledRequests = 200;

    private static readonly Variant[] s_variants =
        [TracingVariants.Off, TracingVariants.AlwaysOn, TracingVariants.Half, TracingVariants.NeverSampled, TracingVariants.WithoutExporter];

    /// <summary>Inspects a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="folders">Where the probes are.</param>
    /// <param name="logFolder">Takes what the service prints; exists.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Interrupts; no process is left behind.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<ServiceInspection> InspectAsync(
        ServiceDescription service, RunnerFolders folders, string logFolder, Action<InspectionStep> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(progress);
        var placement = CpuPlacement.AllowedProcessors() is { } allowed ? CpuPlacement.For(allowed) : null;
        if (placement is not null)
        {
            ProcessAffinity.Move(Environment.ProcessId, placement.LabCores);
        }

        string[] arms = [.. PlanBuilder.Arms(service.ToScenario(service.Process, s_variants)).Select(arm => arm.Name)];
        await using var receiver = await OtlpReceiver.StartAsync(arms, new ReceiverOptions { RequiresToken = true }, cancellationToken);
        using var sockets = new ProbeSocketFolder();
        using var launcher = new TargetLauncher(folders.ProbeAssembly, sockets.Path);
        using var lab = new GeneratorThread(placement?.LabCores);
        var spans = new ReceiverSpanSink(receiver);
        var starter = new ArmStarter(launcher, spans, RequestDriverFactory.Create, folders) { MisfitLimit = TimeSpan.FromSeconds(3) };
        var trials = new TracingTrialRunner(service, placement, starter, spans, lab, logFolder);
        try
        {
            return await InspectAsync(trials, new PilotRun(starter, lab, Path.Combine(logFolder, "capacity")), placement, progress, cancellationToken);
        }
        catch (TargetFailedException error)
        {
            return trials.Found with { Failure = error.Message, OtherPorts = error.OtherPorts };
        }
    }

    private static async Task<ServiceInspection> InspectAsync(
        TracingTrialRunner trials, PilotRun pilot, Placement? placement, Action<InspectionStep> progress, CancellationToken cancellationToken)
    {
        progress(InspectionStep.Start);
        await trials.FindPortAsync(() => progress(InspectionStep.AlwaysOn), cancellationToken);
        await trials.LeaveOutFailingAsync(cancellationToken);
        if (trials.Found.AlwaysOn is not { TraceCount: > 0 } alwaysOn || alwaysOn.Requests.Any(request => request.Error is not null))
        {
            return trials.Found;
        }

        progress(InspectionStep.Off);
        var off = await trials.RunAsync(TracingVariants.Off, TracingTrialRunner.Repeats, cancellationToken);
        trials.Found = trials.Found with { Off = off };
        if (off.SpanCount > 0)
        {
            progress(InspectionStep.Cause);
            return trials.Found with
            {
                NeverSampled = await trials.RunAsync(TracingVariants.NeverSampled, TracingTrialRunner.Repeats, cancellationToken),
                WithoutExporter = await trials.RunAsync(TracingVariants.WithoutExporter, TracingTrialRunner.Repeats, cancellationToken),
            };
        }

        progress(InspectionStep.HalfSampled);
        var repeats = Math.Max(TracingTrialRunner.Repeats, HalfSampledRequests / trials.Found.Service.Requests.Count);
        trials.Found = trials.Found with { HalfSampled = await trials.RunAsync(TracingVariants.Half, repeats, cancellationToken) };

        progress(InspectionStep.Capacity);
        return trials.Found with { Capacity = await MeasureCapacityAsync(trials.Found, pilot, placement, cancellationToken) };
    }

    private static async Task<ServiceCapacity> MeasureCapacityAsync(
        ServiceInspection found, PilotRun pilot, Placement? placement, CancellationToken cancellationToken)
    {
        var scenario = found.Service.ToScenario(found.Port!.Process, [TracingVariants.Off, TracingVariants.AlwaysOn]);
        var plan = PlanBuilder.Build(scenario, pilot: null, placement, InspectionDesign.Trial.LaunchSets);

        // The control would do what the baseline does.
        var draft = plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Control)] };
        var observed = await pilot.RunAsync(draft, scenario.Load with { RatePerSecond = null }, new UnwatchedProgress(), cancellationToken);
        return new ServiceCapacity(observed.Result, observed.StartSeconds / draft.Arms.Count, (observed.WarmUpSeconds ?? 0) / draft.Arms.Count);
    }
}

/// <summary>The progress of a pilot that takes seconds: its caller says what goes on.</summary>
internal sealed class UnwatchedProgress : IRunProgress
{
    /// <inheritdoc/>
    public void Report(RunStep step)
    {
        // Each step is too short to be shown.
    }

    /// <inheritdoc/>
    public void Planned(Plan plan)
    {
        // A pilot has no plan.
    }

    /// <inheritdoc/>
    public void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining)
    {
        // A pilot has no launch sets.
    }
}
