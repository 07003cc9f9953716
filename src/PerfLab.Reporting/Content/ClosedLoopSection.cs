using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What tracing changes in a closed loop: throughput and response times, with intervals.</summary>
internal static class ClosedLoopSection
{
    /// <summary>Composes the section; null where the run has no closed loop.</summary>
    public static ReportSection? Compose(RunAnalysis analysis) => analysis.ClosedLoop is not { } loop
        ? null
        : new ReportSection(
            "closed-loop",
            $"In a closed loop of {DisplayText.Counted(loop.Connections, "connection")}",
            Lead(loop),
            ["Arm", "Requests/s", "Requests/s, change", .. LoadLevelSection.Times.Select(metric => $"{MetricCatalog.Get(metric).Title}, ms"), .. LoadLevelSection.Times.Select(metric => $"{MetricCatalog.Get(metric).Title} added, ms")],
            [.. loop.Arms.Select(IReadOnlyList<string> (arm) => [arm.Name, Rate(arm), Change(arm), .. LoadLevelSection.TimesOf(arm.Metrics), .. LoadLevelSection.AddedTo(arm.Metrics)])])
        {
            BriefHeaders = ["Arm", "Requests/s", "Change", "p50 added, ms"],
            BriefRows = [.. loop.Arms.Select(IReadOnlyList<string> (arm) => [arm.Name, Rate(arm), Change(arm), LoadLevelSection.AddedTo(arm.Metrics)[0]])],
        };

    private static string Lead(ClosedLoopAnalysis loop) =>
        $"Each launch set ends with a closed loop: {DisplayText.Counted(loop.Connections, "request")} at a time, and each answer starts the next one, as many load tests do. The service is saturated, so the mean response time is {DisplayText.Count(loop.Connections)} divided by the throughput: what is added here is lost throughput in other words, not time that a user waits at an ordinary load. Nothing is decided by this table."
        + (loop.VoidedLaunchSets > 0 ? $" It counts in {DisplayText.Count(loop.LaunchSets)} of {DisplayText.Counted(loop.LaunchSets + loop.VoidedLaunchSets, "launch set")}." : string.Empty);

    private static string Rate(ArmInClosedLoop arm) => arm.ThroughputPerSecond is { } rate ? DisplayText.Plain(Math.Round(rate)) : LoadLevelSection.NotMeasured;

    private static string Change(ArmInClosedLoop arm) => arm.ThroughputRatio is { } ratio ? QuantityFormat.ForChanges([ratio]).Change(ratio) : LoadLevelSection.NotMeasured;
}
