using PerfLab.Collector;
using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Where the arms send their spans, one account per arm.</summary>
internal interface ISpanSink
{
    /// <summary>Gets the address for an arm that exports by this OTLP protocol (<c>grpc</c>, <c>http/protobuf</c>, <c>http/json</c>).</summary>
    Uri EndpointOf(PlannedArm arm, string protocol);

    /// <summary>Gets what has arrived from an arm since the last reset.</summary>
    ArmTally Read(PlannedArm arm);

    /// <summary>Begins a new account.</summary>
    void Reset(PlannedArm arm);
}
