using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>A collector to which seven spans came.</summary>
internal sealed class EmptySink(EventLog events) : ISpanSink
{
    public Uri EndpointOf(PlannedArm arm, string protocol) =>
        new(string.Equals(protocol, "grpc", StringComparison.Ordinal) ? "http://127.0.0.1:4317/" : "http://127.0.0.1:4318/");

    public ArmTelemetryCounts Read(PlannedArm arm) => new()
    {
        ExportRequestCount = 1,
        SpanCount = 7,
        RefusedRequestCount = 0,
        RefusedSpanCount = 0,
        WireBytes = 700,
        DecodedBytes = 1400,
        OtherSignalRequestCount = 0,
        OtherSignalWireBytes = 0,
        RefusedWireBytes = 0,
    };

    public ArmCost ReadCost(PlannedArm arm) => new() { CpuSeconds = 0, PeakHeldBytes = 0, PeakHeldTraces = 0, Tail = null };

    public void ResetPeaks(PlannedArm arm)
    {
        // Holds nothing back.
    }

    public void DecideAll(PlannedArm arm)
    {
        // Holds nothing back.
    }

    public void BeginRecording(PlannedArm arm, SpanRecorderOptions options)
    {
        // Nothing comes that could be watched.
    }

    public SpanRecording EndRecording(PlannedArm arm) => new([], 0);

    public void Reset(PlannedArm arm)
    {
        // Always the same account.
    }

    public void SetFault(PlannedArm arm, BackEndFaultDefinition? trouble) => events.Add($"trouble {arm.Name} {trouble?.Kind.ToString() ?? "none"}");
}
