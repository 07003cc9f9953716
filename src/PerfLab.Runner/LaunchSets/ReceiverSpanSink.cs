using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using PerfLab.Collector;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Exports;
using PerfLab.Collector.PersonalData;
using PerfLab.Collector.TraceInspection;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.LaunchSets;

/// <summary>The embedded collector as the arms' span sink.</summary>
internal sealed class ReceiverSpanSink(OtlpReceiver receiver, IReadOnlyList<PersonalDataPattern>? personalData = null) : ISpanSink
{
    // About 30,000 spans of an arm; the copy takes a core some milliseconds in all.
    private const int KeptBytes = 8 * 1024 * 1024;

    // Far above what closing or opening a port takes.
    private static readonly TimeSpan s_changeLimit = TimeSpan.FromSeconds(10);

    // The processes have ended, so what they sent lies in this system's own buffers.
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Uri EndpointOf(PlannedArm arm, string protocol) =>
        string.Equals(protocol, "grpc", StringComparison.OrdinalIgnoreCase) ? receiver.GrpcEndpoint(arm.Name) : receiver.HttpEndpoint(arm.Name);

    /// <inheritdoc/>
    public string? HeadersOf(PlannedArm arm) => receiver.Headers(arm.Name);

    /// <inheritdoc/>
    public ArmTelemetryCounts Read(PlannedArm arm) => receiver.Read(arm.Name);

    /// <inheritdoc/>
    public ArmCost ReadCost(PlannedArm arm) => receiver.ReadCost(arm.Name);

    /// <inheritdoc/>
    public void ResetPeaks(PlannedArm arm) => receiver.ResetPeaks(arm.Name);

    /// <inheritdoc/>
    public void DecideAll(PlannedArm arm) => receiver.DecideAll(arm.Name);

    /// <inheritdoc/>
    public void BeginRecording(PlannedArm arm, SpanRecorderOptions options) => receiver.BeginRecording(arm.Name, options);

    /// <inheritdoc/>
    public SpanRecording EndRecording(PlannedArm arm) => receiver.EndRecording(arm.Name);

    /// <inheritdoc/>
    public void Reset(PlannedArm arm) => receiver.Reset(arm.Name);

    /// <inheritdoc/>
    public Task CloseAsync(PlannedArm arm) => receiver.CloseLedgerAsync(arm.Name, s_drainLimit);

    /// <inheritdoc/>
    public void BeginCapture(PlannedArm arm) => receiver.BeginCapture(arm.Name, KeptBytes);

    /// <inheritdoc/>
    public TraceSummary InspectTraces(PlannedArm arm) => TraceInspector.Inspect(
        receiver.EndCapture(arm.Name), trace => receiver.IsDropped(arm.Name, trace), [.. (personalData ?? []).Select(Pattern)]);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> GetFindings() => receiver.ReadForwarding() is { } tally
        ? [new Finding(
            tally.LostCount > 0 ? FindingSeverity.Warning : FindingSeverity.Note,
            "forwarding",
            "run")
            {
                Details = new SpansForwarded(tally.SentCount, tally.NoRoomCount, tally.RefusedCount, tally.WaitingCount)
                {
                    Refusals = [.. tally.Refusals.Select(refusal => new RefusedSpans(refusal.Address, refusal.Reason.ToString(), refusal.SpanCount))],
                },
            }]
        : [];

    /// <inheritdoc/>
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The lab's thread waits on purpose: a round must not begin before the back end has changed.")]
    public void SetFault(PlannedArm arm, BackEndFaultDefinition? trouble) => (trouble is null
        ? receiver.ClearFaultAsync(arm.Name, CancellationToken.None)
        : receiver.InjectFaultAsync(arm.Name, FaultOf(trouble), CancellationToken.None)).Wait(s_changeLimit);

    private static BackEndFault FaultOf(BackEndFaultDefinition trouble) => trouble.Kind switch
    {
        BackEndFaultKind.Slow => new BackEndFault.Slow(trouble.DelaySeconds ?? 0),
        BackEndFaultKind.Unavailable => new BackEndFault.Unavailable(trouble.RetryAfterSeconds),
        BackEndFaultKind.Throttled => new BackEndFault.Throttled(trouble.RetryAfterSeconds),
        BackEndFaultKind.Silent => new BackEndFault.Silent(),
        BackEndFaultKind.Reset => new BackEndFault.Reset(),
        BackEndFaultKind.Down => new BackEndFault.Down(),
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble.Kind, "There is no such trouble. In the plan. Read it from a scenario file."),
    };

    private static PersonalDataRegex Pattern(PersonalDataPattern pattern) =>
        new(pattern.Name, new Regex(pattern.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
