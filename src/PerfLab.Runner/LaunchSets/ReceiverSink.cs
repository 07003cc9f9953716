using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using PerfLab.Collector;
using PerfLab.Collector.Faults;
using PerfLab.Collector.Looking;
using PerfLab.Collector.Personal;
using PerfLab.Experiments.Findings;
using PerfLab.Collector.Visibility;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results.Traces;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.LaunchSets;

/// <summary>The embedded collector as the arms' span sink.</summary>
internal sealed class ReceiverSink(OtlpReceiver receiver, IReadOnlyList<PersonalDataPattern>? personalData = null) : ISpanSink
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
    public ArmTally Read(PlannedArm arm) => receiver.Read(arm.Name);

    /// <inheritdoc/>
    public ArmCost ReadCost(PlannedArm arm) => receiver.ReadCost(arm.Name);

    /// <inheritdoc/>
    public void ForgetPeaks(PlannedArm arm) => receiver.ForgetPeaks(arm.Name);

    /// <inheritdoc/>
    public void JudgeAll(PlannedArm arm) => receiver.JudgeAll(arm.Name);

    /// <inheritdoc/>
    public void BeginWatch(PlannedArm arm, SpanWatchOptions options) => receiver.BeginWatch(arm.Name, options);

    /// <inheritdoc/>
    public WatchedSpans EndWatch(PlannedArm arm) => receiver.EndWatch(arm.Name);

    /// <inheritdoc/>
    public void Reset(PlannedArm arm) => receiver.Reset(arm.Name);

    /// <inheritdoc/>
    public Task CloseAsync(PlannedArm arm) => receiver.CloseAccountAsync(arm.Name, s_drainLimit);

    /// <inheritdoc/>
    public void Keep(PlannedArm arm) => receiver.Keep(arm.Name, KeptBytes);

    /// <inheritdoc/>
    public TraceLook Look(PlannedArm arm) => KeptExportLook.At(
        receiver.TakeKept(arm.Name), trace => receiver.IsDropped(arm.Name, trace), [.. (personalData ?? []).Select(Pattern)]);

    /// <inheritdoc/>
    public IReadOnlyList<Finding> Notes() => receiver.ReadForwarding() is { } tally
        ? [new Finding(
            tally.LostCount > 0 ? FindingSeverity.Warning : FindingSeverity.Note,
            "forwarding",
            "run",
            FormattableString.Invariant($"What arrived was sent on from the lab's own processor. Since the run began {tally.SentCount:N0} spans were taken at the other end, {tally.NoRoomCount:N0} lost for want of room, {tally.RefusedCount:N0} not taken there, {tally.WaitingCount:N0} still wait."),
            "Send nothing on while you measure what counts: it takes time from the load generator. Spans lost behind the collector are not lost by the arms.")]
        : [];

    /// <inheritdoc/>
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The lab's thread waits on purpose: a round must not begin before the back end has changed.")]
    public void Trouble(PlannedArm arm, BackEndTrouble? trouble) => (trouble is null
        ? receiver.RecoverAsync(arm.Name, CancellationToken.None)
        : receiver.InjectAsync(arm.Name, FaultOf(trouble), CancellationToken.None)).Wait(s_changeLimit);

    private static BackEndFault FaultOf(BackEndTrouble trouble) => trouble.Kind switch
    {
        BackEndTroubleKind.Slow => new BackEndFault.Slow(trouble.DelaySeconds ?? 0),
        BackEndTroubleKind.Unavailable => new BackEndFault.Unavailable(trouble.RetryAfterSeconds),
        BackEndTroubleKind.Throttled => new BackEndFault.Throttled(trouble.RetryAfterSeconds),
        BackEndTroubleKind.Silent => new BackEndFault.Silent(),
        BackEndTroubleKind.Reset => new BackEndFault.Reset(),
        BackEndTroubleKind.Down => new BackEndFault.Down(),
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble.Kind, "There is no such trouble. In the plan. Read it from a scenario file."),
    };

    private static PersonalPattern Pattern(PersonalDataPattern pattern) =>
        new(pattern.Name, new Regex(pattern.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
