namespace PerfLab.Load.LoadTests;

/// <summary>What happened between two reports.</summary>
/// <param name="OfferedCount">Starts whose time came.</param>
/// <param name="StartedCount">Requests begun.</param>
/// <param name="AnsweredCount">Requests answered as expected.</param>
/// <param name="DroppedCount">Starts given up.</param>
/// <param name="ErrorCount">Errors of all kinds.</param>
public sealed record LoadWindow(long OfferedCount, long StartedCount, long AnsweredCount, long DroppedCount, long ErrorCount)
{
    /// <summary>Takes the difference of two reports of one phase.</summary>
    /// <param name="before">The earlier one; null at the beginning.</param>
    /// <param name="now">The later one.</param>
    public static LoadWindow Between(LoadProgress? before, LoadProgress now) => new(
        now.OfferedCount - (before?.OfferedCount ?? 0),
        now.StartedCount - (before?.StartedCount ?? 0),
        now.AnsweredCount - (before?.AnsweredCount ?? 0),
        now.DroppedCount - (before?.DroppedCount ?? 0),
        now.ErrorCount - (before?.ErrorCount ?? 0));
}
