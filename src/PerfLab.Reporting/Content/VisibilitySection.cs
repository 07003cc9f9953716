using PerfLab.Analysis;
using PerfLab.Analysis.Visibility;

namespace PerfLab.Reporting.Content;

/// <summary>What the arms of a run let one see, and what that costs.</summary>
internal static class VisibilitySection
{
    /// <summary>Composes the table of what is kept.</summary>
    public static ExtraSection Kept(RunVisibility visibility, RunAnalysis analysis) => new(
        "visibility",
        "What you still see, and what it costs",
        $"{visibility.Sentence} Shares are of requests whose fate the load generator knows, of all launch sets together; in parentheses the 95 % interval over launch sets. The service's CPU is its change against the baseline.",
        ["Arm", "Failed kept", "Slow kept", "Slowest 1 % kept", "All kept", "Service CPU", "Collector CPU"],
        [.. visibility.Arms.Select(arm => Row(arm, analysis.Arms.Single(candidate => candidate.Name == arm.Name), VisibilityText.Share, VisibilityText.ServiceCpu))])
    {
        BriefRows = [.. visibility.Arms.Select(arm => Row(arm, analysis.Arms.Single(candidate => candidate.Name == arm.Name), VisibilityText.Value, VisibilityText.ServiceCpuAlone))],
    };

    /// <summary>Composes the table of what is whole and how soon it is seen.</summary>
    public static ExtraSection Alerts(RunVisibility visibility) => new(
        "visibility-alerts",
        "How whole it is, and how soon you would know",
        "Complete: of the kept traces, those with a root, every parent and every expected service. Delay: from the end of a span until it can be seen, after the collector's decision. Alerts: the time from the beginning of a burst of failed and slow requests until a rule over the kept traces fires; as in most back ends nothing is weighted by the sampling rate, so a sample that prefers errors makes false alerts more likely.",
        ["Arm", "Complete", "Orphan spans", "Delay p50", "Delay p99", "Alert on errors", "Alert on slow ones"],
        [.. visibility.Arms.Select(arm => Row(arm, VisibilityText.Share))])
    {
        BriefRows = [.. visibility.Arms.Select(arm => Row(arm, VisibilityText.Value))],
    };

    private static IReadOnlyList<string> Row(ArmVisibility arm, ArmAnalysis analysis, Func<SeenShare, string> share, Func<ArmAnalysis, string> cpu) =>
    [
        arm.IsTailSampled && !arm.Name.Contains("tail", StringComparison.OrdinalIgnoreCase) ? $"{arm.Name} (tail)" : arm.Name,
        share(arm.FailedKept),
        share(arm.SlowKept),
        share(arm.SlowestKept),
        share(arm.Kept),
        cpu(analysis),
        VisibilityText.CollectorCpu(analysis),
    ];

    private static IReadOnlyList<string> Row(ArmVisibility arm, Func<SeenShare, string> share) =>
    [
        arm.Name,
        share(arm.Complete),
        share(arm.Orphans),
        VisibilityText.Delay(arm.DelayP50),
        VisibilityText.Delay(arm.DelayP99),
        VisibilityText.Alert(arm.ErrorAlert),
        VisibilityText.Alert(arm.SlowAlert),
    ];
}
