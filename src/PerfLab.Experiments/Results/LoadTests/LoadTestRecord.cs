using PerfLab.Experiments.Findings;

namespace PerfLab.Experiments.Results.LoadTests;

/// <summary>What a load test did and measured, as <c>./run.sh load --json FILE</c> writes it. Everything shown is made from this.</summary>
public sealed record LoadTestRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets what was tested and how.</summary>
    public required LoadTestSetting Setting { get; init; }

    /// <summary>Gets whether the load ended by itself; false when it was interrupted.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the measured window: the time in which requests were started. All rates are counts over this time.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Gets what became of the requests.</summary>
    public required LoadTestCounts Counts { get; init; }

    /// <summary>Gets the starts that the schedule asked for per second; null for a closed loop, which has no schedule.</summary>
    public required double? OfferedPerSecond { get; init; }

    /// <summary>Gets the requests begun per second.</summary>
    public required double? AchievedPerSecond { get; init; }

    /// <summary>Gets the answers within the window per second of the window.</summary>
    public required double? AnsweredPerSecond { get; init; }

    /// <summary>Gets the errors by kind; kinds that did not occur are absent.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets one sentence about the first error of each kind.</summary>
    public required IReadOnlyDictionary<string, string> ErrorExamples { get; init; }

    /// <summary>Gets the time from the intended start to the complete answer; null without an answer.</summary>
    public required LatencySummary? ResponseTime { get; init; }

    /// <summary>Gets the time from the actual send to the complete answer, which hides waiting; null without an answer.</summary>
    public required LatencySummary? ServiceTime { get; init; }

    /// <summary>Gets how much later than intended requests were sent; null for a closed loop.</summary>
    public required LatencySummary? StartLateness { get; init; }

    /// <summary>Gets what making the load cost.</summary>
    public required LoadGeneratorUse Generator { get; init; }

    /// <summary>Gets how the load went, second by second.</summary>
    public required IReadOnlyList<LoadTestSecond> Timeline { get; init; }

    /// <summary>Gets what a reader must know before believing the numbers.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets the thresholds with what came of them, in the order in which they were given.</summary>
    public required IReadOnlyList<LoadTestThreshold> Thresholds { get; init; }
}
