namespace Shop.Handicaps;

/// <summary>
/// Costs that are put into the shop on purpose, of known size: what <c>./run.sh calibrate</c> has to find again. Nothing is the
/// default, and then not one instruction is added to an order.
/// </summary>
internal sealed record HandicapSettings
{
    /// <summary>Gets CPU time burnt for each order; zero for none.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Gets managed bytes allocated for each order and dropped at once, a multiple of 8; zero for none.</summary>
    public required int AllocatedBytes { get; init; }

    /// <summary>Gets the time that each order waits without using a processor; zero for none.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Gets the CPU time of each burst in the background; zero for none.</summary>
    public required TimeSpan BurstCpu { get; init; }

    /// <summary>Gets the managed bytes that each burst allocates and drops, a multiple of 8; zero for none.</summary>
    public required int BurstAllocatedBytes { get; init; }

    /// <summary>Gets the time from the beginning of a burst to that of the next; null without bursts.</summary>
    public required TimeSpan? BurstInterval { get; init; }

    /// <summary>Gets a value indicating whether an order costs more than it would.</summary>
    public bool BurdensOrders => Cpu > TimeSpan.Zero || AllocatedBytes > 0 || Delay > TimeSpan.Zero;
}
