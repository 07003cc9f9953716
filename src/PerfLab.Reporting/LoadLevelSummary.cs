using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Generators;

namespace PerfLab.Reporting;

/// <summary>One load of a run with several in <c>summary.json</c>.</summary>
/// <param name="Load">The load.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record LoadLevelSummary(MeasuredLoad Load, IReadOnlyList<ArmAtLevelSummary> Arms)
{
    internal static LoadLevelSummary From(LoadLevelAnalysis level) =>
        new(level.Load, [.. level.Arms.Select(arm => new ArmAtLevelSummary(arm.Name, arm.BusyShare, [.. arm.Metrics.Select(MetricSummary.From)]))]);
}

/// <summary>One arm at one load in <c>summary.json</c>.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="BusyShare">Its CPU time as a share of what its processors have; null where it was not measured.</param>
/// <param name="Metrics">CPU time, response times and errors against the baseline at this load.</param>
public sealed record ArmAtLevelSummary(string Name, double? BusyShare, IReadOnlyList<MetricSummary> Metrics);

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

/// <summary>The load tool of a run in <c>summary.json</c>.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Loop">How it sends requests.</param>
/// <param name="IsCorrected">Whether its response times count from the moment a request was due.</param>
/// <param name="ResolutionSeconds">The smallest difference that its output can show.</param>
/// <param name="IsMergeable">Whether the response times of all windows were taken together.</param>
/// <param name="JudgesResponseTime">Whether its response times have verdicts.</param>
/// <param name="Connections">Connections of a tool that keeps a number of them.</param>
public sealed record GeneratorSummary(string Tool, LoadLoop Loop, bool IsCorrected, double ResolutionSeconds, bool IsMergeable, bool JudgesResponseTime, int Connections)
{
    internal static GeneratorSummary From(GeneratorDefinition generator) => new(
        generator.Tool, generator.Loop, generator.Contract.IsCorrected, generator.Contract.ResolutionSeconds, generator.Contract.IsMergeable, generator.JudgesResponseTime, generator.Connections);
}
