namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// Tail sampling in the collector: it holds the spans of a trace back until it can judge the whole, and keeps the trace for the
/// first rule that fits, or drops it.
/// </summary>
public sealed record TailPolicy
{
    /// <summary>Gets how long a trace is held back, in seconds from the arrival of its first span.</summary>
    public required double WaitSeconds { get; init; }

    /// <summary>Gets a value indicating whether a trace is judged before that time as soon as its root has ended and no parent is missing.</summary>
    public required bool DecidesWhenComplete { get; init; }

    /// <summary>Gets the rules in the order in which they are asked; a trace that none fits is dropped.</summary>
    public required IReadOnlyList<TailRule> Keep { get; init; }

    /// <summary>Gets the traces that may be held back at once; for one more the oldest is judged early.</summary>
    public required int MaxTraces { get; init; }

    /// <summary>Gets the bytes that they may hold; for more the oldest are judged early.</summary>
    public required long MaxBytes { get; init; }
}
