using PerfLab.Statistics;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// The verdict on one comparison. The interval, at 95 % for this arm alone, comes first, so that a verdict never
/// contradicts what is printed: Slower needs it above +d, Faster below -d, Same inside both. Slower and Faster of a variant
/// must also survive the question being asked of several variants: the exact signed-rank test against the threshold itself,
/// adjusted by Holm over the variants, must stay at or below 5 %. Where only that second condition fails the verdict is
/// Inconclusive and says so; with few launch sets no result can meet it, and the number that could is given. Same is not
/// adjusted: each equivalence already needs two one-sided tests at 2.5 %, half of what is customary.
/// The control is a check of its own with one question, and its interval decides alone.
/// </summary>
internal static class VerdictRule
{
    internal const double Alpha = 0.05;

    /// <summary>The two-sided p-value of "not beyond the threshold", for log ratios.</summary>
    internal static double ThresholdPValue(IReadOnlyList<double> logRatios, double threshold)
    {
        var above = SignedRankTest.Test(logRatios, Math.Log(1 + threshold), Alternative.Greater).PValue;

        // Nothing falls by 100 % or more, so there is no "below -d" to test.
        var below = threshold < 1 ? SignedRankTest.Test(logRatios, Math.Log(1 - threshold), Alternative.Less).PValue : 1;
        return Math.Min(1, 2 * Math.Min(above, below));
    }

    /// <summary>Judges by the interval alone.</summary>
    internal static Verdict ByInterval(Interval ratio, double threshold) => ratio switch
    {
        _ when ratio.Low > threshold => Verdict.Slower,
        _ when ratio.High < -threshold => Verdict.Faster,
        _ when ratio.Low >= -threshold && ratio.High <= threshold => Verdict.Same,
        _ => Verdict.Inconclusive,
    };

    /// <summary>Judges a variant among several.</summary>
    /// <param name="ratio">Its interval.</param>
    /// <param name="threshold">The practical threshold.</param>
    /// <param name="adjustedThresholdPValue">P-value against the threshold, adjusted over the variants.</param>
    internal static Verdict ForVariant(Interval ratio, double threshold, double adjustedThresholdPValue)
    {
        var verdict = ByInterval(ratio, threshold);
        return verdict is Verdict.Slower or Verdict.Faster && adjustedThresholdPValue > Alpha ? Verdict.Inconclusive : verdict;
    }

    /// <summary>Why a variant's verdict is Inconclusive; null when it is not.</summary>
    internal static UndecidedVerdict? WhyUndecided(Interval ratio, double threshold, double? adjustedThresholdPValue, ComparisonFamily family)
    {
        UndecidedReason? reason = (ByInterval(ratio, threshold), adjustedThresholdPValue) switch
        {
            (Verdict.Inconclusive, _) => UndecidedReason.CrossesThreshold,
            (Verdict.Slower or Verdict.Faster, > Alpha) => family.IsOutOfReach ? UndecidedReason.OutOfReach : UndecidedReason.NotAfterAdjustment,
            _ => null,
        };
        return reason is { } known ? new UndecidedVerdict(known, family.Comparisons, family.LaunchSets, family.NeededLaunchSets) : null;
    }
}

/// <summary>The variants that one metric compares with the baseline at once.</summary>
/// <param name="Comparisons">Their number.</param>
/// <param name="LaunchSets">Launch sets behind each.</param>
/// <param name="Levels">The levels of this look at the run.</param>
internal sealed record ComparisonFamily(int Comparisons, int LaunchSets, LookLevels Levels)
{
    /// <summary>Gets the number of launch sets from which every variant can be judged Slower or Faster.</summary>
    internal int NeededLaunchSets => Holm.SmallestSignedRankCount(Math.Max(1, Comparisons), VerdictRule.Alpha);

    /// <summary>Gets a value indicating whether the adjusted p-value of the most extreme result possible is above 5 %.</summary>
    internal bool IsOutOfReach => LaunchSets < NeededLaunchSets || (Levels.IsRepeated && Comparisons > 0 && Math.ScaleB(2, 1 - LaunchSets) > Levels.FamilyAlphas[Comparisons - 1]);
}

/// <summary>The one confidence level of a run's intervals.</summary>
public static class RunConfidence
{
    /// <summary>The level asked for; the exact method guarantees at least this.</summary>
    public const double Level = 1 - VerdictRule.Alpha;
}
