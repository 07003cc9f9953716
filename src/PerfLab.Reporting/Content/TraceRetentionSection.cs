using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Traces;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What the arms of a run let one see, and what that costs.</summary>
internal static class TraceRetentionSection
{
    /// <summary>Composes the table of what is kept.</summary>
    public static ReportSection Kept(RunTraceRetention visibility, RunAnalysis analysis) => new(
        "visibility",
        "What you still see, and what it costs",
        $"{TraceRetentionWording.Sentence(visibility, analysis)} Shares are of requests whose outcome the load generator knows, of all launch sets together; in parentheses the 95 % interval over launch sets. The service's CPU is its change against the baseline.",
        ["Arm", "Failed kept", "Slow kept", "Slowest 1 % kept", "All kept", "Service CPU", "Collector CPU"],
        [.. visibility.Arms.Select(arm => Row(arm, analysis.Arms.Single(candidate => candidate.Name == arm.Name), TraceRetentionWording.Share, TraceRetentionWording.ServiceCpu))])
    {
        BriefRows = [.. visibility.Arms.Select(arm => Row(arm, analysis.Arms.Single(candidate => candidate.Name == arm.Name), TraceRetentionWording.Value, TraceRetentionWording.ServiceCpuAlone))],
    };

    /// <summary>Composes the table of what is whole and how soon it is seen.</summary>
    public static ReportSection Alerts(RunTraceRetention visibility) => new(
        "visibility-alerts",
        "How whole it is, and how soon you would know",
        "Complete: of the kept traces, those with a root, every parent and every expected service. Delay: from the end of a span until it can be seen, after the collector's decision. Alerts: the time from the beginning of a burst of failed and slow requests until a rule over the kept traces fires; as in most back ends nothing is weighted by the sampling rate, so a sample that prefers errors makes false alerts more likely.",
        ["Arm", "Complete", "Orphan spans", "Delay p50", "Delay p99", "Alert on errors", "Alert on slow ones"],
        [.. visibility.Arms.Select(arm => Row(arm, TraceRetentionWording.Share))])
    {
        BriefRows = [.. visibility.Arms.Select(arm => Row(arm, TraceRetentionWording.Value))],
    };

    private static IReadOnlyList<string> Row(ArmTraceRetention arm, ArmAnalysis analysis, Func<ShareEstimate, string> share, Func<ArmAnalysis, string> cpu) =>
    [
        arm.IsTailSampled && !arm.Name.Contains("tail", StringComparison.OrdinalIgnoreCase) ? $"{arm.Name} (tail)" : arm.Name,
        share(arm.FailedKept),
        share(arm.SlowKept),
        share(arm.SlowestKept),
        share(arm.Kept),
        cpu(analysis),
        TraceRetentionWording.CollectorCpu(analysis),
    ];

    private static IReadOnlyList<string> Row(ArmTraceRetention arm, Func<ShareEstimate, string> share) =>
    [
        arm.Name,
        share(arm.Complete),
        share(arm.Orphans),
        TraceRetentionWording.Delay(arm.DelayP50),
        TraceRetentionWording.Delay(arm.DelayP99),
        TraceRetentionWording.Alert(arm.ErrorAlert),
        TraceRetentionWording.Alert(arm.SlowAlert),
    ];
}
