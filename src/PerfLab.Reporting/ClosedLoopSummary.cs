using PerfLab.Analysis;
using PerfLab.Analysis.Runs;

namespace PerfLab.Reporting;

/// <summary>The closed loop of a run in <c>summary.json</c>.</summary>
/// <param name="Connections">Requests in flight to an arm at any time.</param>
/// <param name="LaunchSets">Launch sets in which it was measured and counts.</param>
/// <param name="VoidedLaunchSets">Launch sets that count, but not in the closed loop.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record ClosedLoopSummary(int Connections, int LaunchSets, int VoidedLaunchSets, IReadOnlyList<ArmInClosedLoopSummary> Arms)
{
    internal static ClosedLoopSummary From(ClosedLoopAnalysis loop) => new(
        loop.Connections,
        loop.LaunchSets,
        loop.VoidedLaunchSets,
        [.. loop.Arms.Select(arm => new ArmInClosedLoopSummary(arm.Name, arm.ThroughputPerSecond, arm.ThroughputRatio, [.. arm.Metrics.Select(MetricSummary.From)]))]);
}

/// <summary>One arm in the closed loop in <c>summary.json</c>.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="ThroughputPerSecond">Requests answered per second, the median over launch sets; null where it was not measured.</param>
/// <param name="ThroughputRatio">The relative change against the baseline; null for the baseline itself and where not measured.</param>
/// <param name="Metrics">CPU time, response times and errors against the baseline in the same closed loop.</param>
public sealed record ArmInClosedLoopSummary(string Name, double? ThroughputPerSecond, Interval? ThroughputRatio, IReadOnlyList<MetricSummary> Metrics);
