using PerfLab.Collector.Arms;

namespace PerfLab.Collector.OverGrpc;

/// <summary>What the receiver knows of a gRPC call while it runs.</summary>
/// <param name="arm">Whose port it came to.</param>
internal sealed class GrpcCall(ArmChannel arm)
{
    private int left;

    /// <summary>Gets the arm.</summary>
    public ArmChannel Arm { get; } = arm;

    /// <summary>Gets or sets a value indicating whether the message arrived whole and is, or is about to be, in the ledger.</summary>
    public bool Received { get; set; }

    /// <summary>Makes room for another call, once.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            Arm.Requests.Leave();
        }
    }
}
