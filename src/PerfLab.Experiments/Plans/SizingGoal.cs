using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Plans;

/// <summary>What a precision takes for one metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="WantedRatio">The smallest change that shall be found four times in five.</param>
/// <param name="SpreadRatio">Standard deviation of the log ratio of two arms from launch set to launch set; null where not known.</param>
/// <param name="NeededLaunchSets">Launch sets that it takes; null where not known or more than 1,000.</param>
/// <param name="DetectableRatio">The change that the planned launch sets find; null where not known.</param>
public sealed record SizingGoal(
    MetricId Metric,
    double WantedRatio,
    double? SpreadRatio,
    int? NeededLaunchSets,
    double? DetectableRatio);
