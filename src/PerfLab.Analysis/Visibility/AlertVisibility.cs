namespace PerfLab.Analysis.Visibility;

/// <summary>What an alert did, over all launch sets, each with one burst.</summary>
public sealed record AlertVisibility
{
    /// <summary>Gets the launch sets in which it fired because of the burst.</summary>
    public required int FiredCount { get; init; }

    /// <summary>Gets the launch sets in which it was firing already, so that it told nothing.</summary>
    public required int WasFiringCount { get; init; }

    /// <summary>Gets all launch sets.</summary>
    public required int Bursts { get; init; }

    /// <summary>Gets how often it fired without a cause, all launch sets together.</summary>
    public required int FalseCount { get; init; }

    /// <summary>Gets the time from the beginning of the burst until it fired, where it did.</summary>
    public required SeenDelay Delay { get; init; }
}
