using PerfLab.Analysis;
using PerfLab.Experiments;

namespace PerfLab.Reporting.Wording;

/// <summary>A verdict in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record VerdictLabel(string Sign, string Word, string Key)
{
    /// <summary>Gets the word as it stands inside a sentence.</summary>
    public string InSentence => char.ToLowerInvariant(Word[0]) + Word[1..];

    /// <summary>Gets the label of a verdict; a response time is slower, everything else is more.</summary>
    public static VerdictLabel For(MetricId metric, Verdict verdict) => verdict switch
    {
        Verdict.Same => new("≈", "Same", "same"),
        Verdict.Slower => new("▲", MetricCatalog.IsResponseTime(metric) ? "Slower" : "More", "more"),
        Verdict.Faster => new("▼", MetricCatalog.IsResponseTime(metric) ? "Faster" : "Less", "less"),
        Verdict.Invalid => new("–", "Not judged", "none"),
        _ => new("?", "Cannot tell", "unsure"),
    };
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
        new("? Cannot tell", "Anything else (Inconclusive): the data do not settle whether the change matters, even where they show that there is one. Below it stands the change that this run would have found four times in five; or that the interval does lie beyond the threshold, but would be no proof among so many arms. More launch sets help against both."),
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
            _ => "no reason was given",
        };
    }
}
