using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>A verdict in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record VerdictLabel(string Sign, string Word, string Key)
{
    // The key of a change of which nothing is proven against the practical threshold.
    private const string OpenKey = "open";

    /// <summary>Gets the word as it stands inside a sentence.</summary>
    public string InSentence => char.ToLowerInvariant(Word[0]) + Word[1..] + (Key == OpenKey ? ", not proven to matter" : string.Empty);

    /// <summary>Gets what the sign says of the change: whether it matters.</summary>
    public string Matters => Key switch
    {
        "more" or "less" => "matters",
        "same" => "too little to matter",
        OpenKey => "not proven to matter",
        "nothing" => "none found",
        _ => "not known",
    };

    /// <summary>Gets the label of a comparison; that of <see cref="Verdict.Invalid"/> where it has no verdict.</summary>
    public static VerdictLabel For(MetricComparison comparison) =>
        For(comparison.Metric, comparison.Verdict ?? Verdict.Invalid, comparison.IsOverruledByControl || comparison.IsOutOfReachOfTool ? null : comparison.Ratio);

    /// <summary>Gets the label of a change from one run to another.</summary>
    public static VerdictLabel For(MetricChange change) => For(change.Metric, change.Verdict, change.IsOverruledByControl ? null : change.Change);

    /// <summary>Gets the label of a verdict; a response time is slower, everything else is more. What the verdict leaves open, the interval may still answer.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="verdict">The verdict against the practical threshold.</param>
    /// <param name="ratio">The interval of the relative change; null where there is none, or none to be used.</param>
    public static VerdictLabel For(MetricId metric, Verdict verdict, Interval? ratio)
    {
        var (more, less) = MetricCatalog.IsResponseTime(metric) ? ("Slower", "Faster") : ("More", "Less");
        return (verdict, ratio) switch
        {
            (Verdict.Same, _) => new("≈", "Same", "same"),
            (Verdict.Slower, _) => new("▲", more, "more"),
            (Verdict.Faster, _) => new("▼", less, "less"),
            (Verdict.Invalid, _) => new("–", "Not judged", "none"),
            (_, { Low: > 0 }) => new("△", more, OpenKey),
            (_, { High: < 0 }) => new("▽", less, OpenKey),
            (_, { } interval) when IntervalWording.IsUseful(interval) => new("○", "No change found", "nothing"),
            _ => new("?", "Cannot tell", "unsure"),
        };
    }
}

/// <summary>Says in plain words what the verdicts mean.</summary>
internal static class VerdictGuide
{
    /// <summary>Lists the verdicts with their signs.</summary>
    public static IReadOnlyList<Fact> Compose() =>
    [
        new("▲ More, Slower", "The whole interval lies above the practical threshold, and this holds although several arms were asked about: the arm needs more than the baseline, by enough to matter."),
        new("▼ Less, Faster", "The whole interval lies below the threshold, and this holds likewise: the arm needs less than the baseline, by enough to matter."),
        new("≈ Same", "The whole interval lies within the threshold on both sides: if there is a difference, it is too small to matter."),
        new("△ ▽ More, Less", "There is a change, for the interval excludes zero; whether it matters is not proven (Inconclusive): the interval contains the threshold, or it lies beyond it and would be no proof among so many arms. More launch sets help against both."),
        new("○ No change found", "The interval contains zero, and more than the threshold (Inconclusive). Its upper bound says how small a cost could have been missed: one above it could not have been."),
        new("? Cannot tell", "The interval says nothing that anybody could use: it contains zero and reaches beyond 25 %, or the control, which compares the baseline with itself, moved as much."),
        new("– Not judged", "There is nothing to judge: the metric was not measured, or there are fewer than 6 launch sets, below which no 95 % interval exists."),
    ];
}

/// <summary>Says why a verdict is not decided.</summary>
internal static class VerdictWording
{
    /// <summary>Says it as a part of a sentence; null where the verdict is decided, or where there is none.</summary>
    public static string? Undecided(MetricComparison comparison)
    {
        var limits = PercentText.Limits(comparison.PracticalThreshold);
        return comparison.Undecided switch
        {
            null => null,
            { Reason: UndecidedReason.CrossesThreshold } => $"the interval reaches across a limit of {limits}",
            { Reason: UndecidedReason.OutOfReach } family =>
                $"the interval lies beyond {limits}, but with {family.Comparisons} variants and {family.LaunchSets} launch sets no result is extreme enough after Holm's adjustment: {family.NeededLaunchSets} launch sets are needed",
            { Reason: UndecidedReason.NotAfterAdjustment } family =>
                $"the interval lies beyond {limits}, but not after Holm's adjustment for {family.Comparisons} variants (p = {PercentText.Probability(comparison.AdjustedThresholdPValue!.Value)})",
            { Reason: UndecidedReason.ControlMoved, Control: { } control } => $"the baseline measured twice differs from itself by {PercentText.Change(control)}",
            { Reason: UndecidedReason.ControlNotMeasured } => "the control was not measured in this metric",
            { Reason: UndecidedReason.NotFromIntendedStart } => "the load tool waits for a slow response before it sends the next request",
            { Reason: UndecidedReason.BelowResolution } => "the difference is smaller than the load tool can show",
            _ => "no reason was given",
        };
    }
}
