using PerfLab.Collector;
using PerfLab.Collector.Visibility;
using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.LaunchSets;

/// <summary>The embedded collector as the arms' span sink.</summary>
internal sealed class ReceiverSink(OtlpReceiver receiver) : ISpanSink
{
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
}
