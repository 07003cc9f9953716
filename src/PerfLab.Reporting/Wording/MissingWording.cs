using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Reporting.Wording;

/// <summary>Says why something was not measured, as the end of a sentence.</summary>
public static class MissingWording
{
    /// <summary>Says it of a comparison; null where nothing is missing.</summary>
    public static string? Of(MetricComparison comparison) => comparison.Missing is { } missing ? Of(comparison.Metric, missing) : null;

    /// <summary>Says it of a metric: <c>no reading of CPU time (2 of 6 launch sets)</c>.</summary>
    public static string Of(MetricId metric, MissingMeasurement missing) =>
        HasNoProbe(metric, missing) ? NotAvailable(metric, missing) : Reason(metric, missing);

    /// <summary>Says it in a cell of a table, in which there is no number.</summary>
    /// <param name="missing">What is missing; null where it was not asked for.</param>
    /// <param name="otherwise">What the table writes for a number that was not measured.</param>
    public static string InCell(MissingMeasurement? missing, string otherwise = "not measured") =>
        missing is { Reason: MissingReason.TooFewAnswers, IsOfBaseline: false } ? "too few answers" : otherwise;

    /// <summary>Says it of a metric that a runtime does not have: <c>not available for this runtime: no probe answers in the process that serves</c>.</summary>
    public static string NotAvailable(MetricId metric, MissingMeasurement missing) =>
        $"not available for {(missing.IsOfBaseline ? "the runtime of the baseline" : "this runtime")}: {(HasNoProbe(metric, missing) ? "no probe answers in the process that serves" : Reason(metric, missing))}";

    private static bool HasNoProbe(MetricId metric, MissingMeasurement missing) =>
        missing.Reason == MissingReason.NoReading && missing.AffectedLaunchSets == missing.LaunchSets && MetricCatalog.Get(metric).NeedsProbe;

    private static string Reason(MetricId metric, MissingMeasurement missing)
    {
        var reason = Of(metric, missing.Reason, missing.LaunchSets);
        var affected = missing.AffectedLaunchSets is { } count ? $" ({count} of {DisplayText.Counted(missing.LaunchSets, "launch set")})" : string.Empty;
        return (missing.IsOfBaseline ? "of the baseline: " : string.Empty) + reason + affected;
    }

    private static string Of(MetricId metric, MissingReason reason, int launchSets) => reason switch
    {
        MissingReason.ArmNotMeasured => "the arm was not measured",
        MissingReason.NoSlice => "no slice was run",
        MissingReason.NoReading => $"no reading of {CounterOf(metric)}",
        MissingReason.NothingAnswered => "no request was answered",
        MissingReason.CounterRanBackwards => $"the counter of {CounterOf(metric)} ran backwards: a process of the target ended or was replaced, or, in a run of an earlier version, the window was too short for a counter that was read roughly",
        MissingReason.NoResponseTime => "no response time was recorded",
        MissingReason.NoPercentile => $"the recorded spectrum has no {PercentileOf(metric)}th percentile",
        MissingReason.NoCompletionReport => "the target did not report when work was done",
        MissingReason.NothingCompleted => "no work was completed after a response",
        MissingReason.NothingOffered => "no request was offered",
        MissingReason.CollectorNotRecorded => "the CPU time of the collector was not recorded",
        MissingReason.NoThreadClock => "this platform does not report the CPU time of a thread",
        MissingReason.TooFewLaunchSets => $"{DisplayText.Counted(launchSets, "launch set")}; a 95 % interval needs {SignedRankInterval.SmallestCount()}",
        MissingReason.ZeroHasNoRatio => "a launch set measured 0, and there is no ratio to 0",
        MissingReason.TooFewAnswers => "too few answers, of which it would be the longest",
        _ => "no reason was given",
    };

    private static string CounterOf(MetricId metric) => metric switch
    {
        MetricId.Cpu => "CPU time",
        MetricId.Allocation => "allocated bytes",
        MetricId.GcPause => "GC pause",
        MetricId.WorkingSet => "the working set",
        _ => MetricCatalog.Get(metric).InSentence,
    };

    private static string PercentileOf(MetricId metric) => metric switch
    {
        MetricId.P50 => "50",
        MetricId.P90 => "90",
        MetricId.P99 => "99",
        _ => "99.9",
    };
}
