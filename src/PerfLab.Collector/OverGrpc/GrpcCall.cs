using PerfLab.Collector.Arms;

namespace PerfLab.Collector.OverGrpc;

/// <summary>What the receiver knows of a gRPC call while it runs.</summary>
/// <param name="arm">Whose port it came to.</param>
internal sealed class GrpcCall(ArmChannel arm)
{
    /// <summary>Gets the arm.</summary>
    public ArmChannel Arm { get; } = arm;

    /// <summary>Gets or sets a value indicating whether the message arrived whole and is, or is about to be, in the ledger.</summary>
    public bool Received { get; set; }
}
