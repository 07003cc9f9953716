namespace PerfLab.Experiments.Results;

/// <summary>Why a metric of an arm has no value, or no comparison with the baseline.</summary>
/// <param name="Reason">The reason; where launch sets have different ones, that of the first.</param>
/// <param name="LaunchSets">Launch sets that count.</param>
/// <param name="AffectedLaunchSets">Launch sets among them without a value; null where each has one.</param>
/// <param name="IsOfBaseline">Whether it is the baseline's value that is missing, and not the arm's own.</param>
public sealed record MissingMeasurement(MissingReason Reason, int LaunchSets, int? AffectedLaunchSets = null, bool IsOfBaseline = false);

/// <summary>A reason for which something was not measured or not compared.</summary>
public enum MissingReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The launch set lacks the arm.</summary>
    ArmNotMeasured = 1,

    /// <summary>The arm got no slice of load.</summary>
    NoSlice = 2,

    /// <summary>The counter behind the metric was not read.</summary>
    NoReading = 3,

    /// <summary>No request was answered, so there is nothing to divide by.</summary>
    NothingAnswered = 4,

    /// <summary>The counter behind the metric fell.</summary>
    CounterRanBackwards = 5,

    /// <summary>No response time was recorded.</summary>
    NoResponseTime = 6,

    /// <summary>The recorded spectrum lacks the metric's percentile.</summary>
    NoPercentile = 7,

    /// <summary>The target does not report when work was done.</summary>
    NoCompletionReport = 8,

    /// <summary>No work ended after an answer.</summary>
    NothingCompleted = 9,

    /// <summary>No request was offered.</summary>
    NothingOffered = 10,

    /// <summary>The collector's usage was not recorded.</summary>
    CollectorNotRecorded = 11,

    /// <summary>The platform does not report the CPU time of a thread.</summary>
    NoThreadClock = 12,

    /// <summary>There are fewer launch sets than an interval needs.</summary>
    TooFewLaunchSets = 13,

    /// <summary>A launch set measured 0, to which there is no ratio.</summary>
    ZeroHasNoRatio = 14,

    /// <summary>So few requests were answered that the percentile would be the longest response time.</summary>
    TooFewAnswers = 15,
}
