namespace PerfLab.Experiments.Results;

/// <summary>One visit to one arm.</summary>
public sealed record SliceRecord
{
    /// <summary>Gets the round, from 0.</summary>
    public required int Round { get; init; }

    /// <summary>Gets the place within the round, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Gets when the slice began, from the beginning of the measured window.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Gets the length of the schedule.</summary>
    public required double ScheduledSeconds { get; init; }

    /// <summary>Gets the time until the last answer.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets the starts in the schedule.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests sent.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets errors by kind.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets a value indicating whether its round was voided (<see cref="LaunchRecord.VoidedRounds"/>): it counts for nothing.</summary>
    public bool IsVoided { get; init; }

    /// <summary>Gets the reading of the arm's processes, added up, just before the slice.</summary>
    public required Reading Before { get; init; }
}
