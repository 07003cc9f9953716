using PerfLab.Analysis;
using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Metrics;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Reporting.Wording;

/// <summary>Says whether a run can be trusted, and why.</summary>
internal static class TrustWording
{
    /// <summary>Writes the sentence that stands behind the badge with the level.</summary>
    public static string Sentence(RunTrust trust)
    {
        var clause = Clause(trust);
        return char.ToUpperInvariant(clause[0]) + clause[1..] + ".";
    }

    /// <summary>Says on how much the intervals rest: <c>95 % intervals from 8 of 8 launch sets.</c></summary>
    public static string Basis(RunTrust trust) =>
        $"{(IsTooShort(trust) ? "No intervals yet:" : $"{MetricColumnFormat.Percent(RunConfidence.Level)} intervals from")} {trust.LaunchSets} of {DisplayText.Counted(trust.PlannedLaunchSets, "launch set")}.";

    /// <summary>Writes the sentence with the level at its front, for where no badge stands before it.</summary>
    public static string Headline(RunTrust trust)
    {
        var word = TrustLabel.For(trust.Level).Word;
        return $"{(trust.Level == TrustLevel.Untrusted ? word.ToUpperInvariant() : word)}: {Clause(trust)}.";
    }

    /// <summary>Writes one sentence for each thing that lowered the trust, or that might have and did not.</summary>
    public static IReadOnlyList<string> Reasons(RunTrust trust) =>
    [
        .. LaunchSets(trust),
        .. trust switch
        {
            { Control: null } => ["The plan has no control arm, so nothing shows how well two equal arms agree."],
            _ when IsTooShort(trust) => trust.Checks.Select(check => $"{trust.Control} against {trust.Baseline}: {ControlWording.Of(check)}."),
            _ => [],
        },
        .. trust.AbsentMetrics.Select(metric => $"{MetricCatalog.Get(metric).Title} is not available for the runtime of the baseline and lowers nothing."),
    ];

    private static IEnumerable<string> LaunchSets(RunTrust trust)
    {
        if (IsTooShort(trust))
        {
            yield return $"{trust.LaunchSets} of {DisplayText.Counted(trust.PlannedLaunchSets, "planned launch set")} count; a 95 % interval needs {SignedRankInterval.SmallestCount()}.";
        }
        else if (trust.LaunchSets < trust.PlannedLaunchSets)
        {
            yield return $"{trust.LaunchSets} of {trust.PlannedLaunchSets} planned launch sets count: intervals are wider than planned.";
        }
    }

    private static bool IsTooShort(RunTrust trust) => trust.LaunchSets < SignedRankInterval.SmallestCount();

    private static string Nouns(RunTrust trust, bool isSame) =>
        DisplayText.Listed([.. trust.Checks.Where(check => (check.Verdict == Verdict.Same) == isSame).Select(check => MetricCatalog.Get(check.Metric).InSentence)]);

    private static string Clause(RunTrust trust)
    {
        var checks = string.Join("; ", trust.Checks.Select(ControlWording.Of));
        return trust.Level switch
        {
            TrustLevel.Trusted => $"the baseline measured twice agrees with itself ({checks})",
            TrustLevel.Limited when Nouns(trust, isSame: true) is { Length: > 0 } shown =>
                $"equal arms are shown to come out the same in {shown}; for {Nouns(trust, isSame: false)} that is not shown ({checks})",
            TrustLevel.Limited => $"no difference between the baseline and its control was found, but the interval is too wide to show that equal arms come out the same ({checks})",
            TrustLevel.Untrusted => $"the baseline measured twice differs from itself, so this run decides nothing ({checks})",
            _ when IsTooShort(trust) => $"{(trust.LaunchSets == 1 ? "1 launch set is" : $"{trust.LaunchSets} launch sets are")} too few, {SignedRankInterval.SmallestCount()} are needed for a 95 % interval",
            _ when trust.Checks.Count == 0 => "the run has no control arm",
            _ => $"the control was not measured ({checks})",
        };
    }
}

/// <summary>Says what the control showed of one metric.</summary>
internal static class ControlWording
{
    /// <summary>Says it as a part of a sentence.</summary>
    public static string Of(MetricComparison check)
    {
        var noun = MetricCatalog.Get(check.Metric).InSentence;
        var limits = PercentText.Limits(check.PracticalThreshold);
        return check switch
        {
            { Ratio: null } => $"{noun} not measured: {MissingWording.Of(check)}",
            { Verdict: Verdict.Same } => $"{noun} {PercentText.Change(check.Ratio)}, the same within {limits}",
            { Verdict: Verdict.Inconclusive } => $"{noun} {PercentText.Change(check.Ratio)}, not shown to lie within {limits}",
            _ => $"{noun} {PercentText.Change(check.Ratio)}, beyond {limits}",
        };
    }
}

/// <summary>A trust level in a word, with a sign that stands without colour.</summary>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word a reader sees.</param>
/// <param name="Meaning">What a reader may do with the numbers.</param>
/// <param name="Key">Stable lower-case key for styles.</param>
internal sealed record TrustLabel(string Sign, string Word, string Meaning, string Key)
{
    /// <summary>Gets what the level is about: a recommendation has a state of its own (<see cref="DecisionLabel"/>).</summary>
    public string Measurement => $"Measurement: {Key}";

    /// <summary>Gets the label of a level.</summary>
    public static TrustLabel For(TrustLevel level) => level switch
    {
        TrustLevel.Trusted => new("✓", "Trusted", "The control came out the same as the baseline: the differences below can be used to decide.", "trusted"),
        TrustLevel.Limited => new("◇", "Limited", "No difference between the baseline and its control was found, but the interval is too wide to show that equal arms come out the same: two arms may differ by as much without any cause.", "limited"),
        TrustLevel.Untrusted => new("✕", "Untrusted", "The control moved: this run can neither pass nor fail anything.", "untrusted"),
        _ => new("?", "Undecided", "There are too few launch sets to say anything with 95 % confidence.", "undecided"),
    };
}
