namespace PerfLab.Collector.Forwarding;

/// <summary>What became of the spans that were to be sent on, since the start.</summary>
/// <param name="SentCount">Taken by the endpoint.</param>
/// <param name="NoRoomCount">Lost, because too much was waiting already.</param>
/// <param name="RefusedCount">Lost, because the endpoint refused them for good or did not take them in any try.</param>
/// <param name="WaitingCount">Still waiting.</param>
public sealed record ForwardTally(long SentCount, long NoRoomCount, long RefusedCount, long WaitingCount)
{
    /// <summary>Gets all that were lost.</summary>
    public long LostCount => NoRoomCount + RefusedCount;
}
