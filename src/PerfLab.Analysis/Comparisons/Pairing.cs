using PerfLab.Analysis.Formatting;
using PerfLab.Statistics.SignedRanks;

namespace PerfLab.Analysis.Comparisons;

/// <summary>An arm's samples beside those of the baseline, paired by launch set: log ratios and differences, or why there are none.</summary>
internal sealed record Pairing
{
    /// <summary>Gets the logarithms of arm over baseline; null when a value is missing or not above zero.</summary>
    internal required IReadOnlyList<double>? LogRatios { get; init; }

    /// <summary>Gets arm less baseline; null when a value is missing.</summary>
    internal required IReadOnlyList<double>? Differences { get; init; }

    /// <summary>Gets why there is no comparison; null when there is.</summary>
    internal required string? NotMeasuredBecause { get; init; }

    /// <summary>
    /// Pairs the samples. One missing value takes the whole comparison away: a launch set that could not be measured is not
    /// a random one, and what is left must not pass for the whole.
    /// </summary>
    internal static Pairing Of(ArmSamples arm, ArmSamples baseline, bool wantsRatio)
    {
        var because = arm.MissingBecause
            ?? (baseline.MissingBecause is { } missing ? $"of the baseline: {missing}" : null)
            ?? TooFew(arm.Values.Count);
        if (because is not null)
        {
            return new Pairing { LogRatios = null, Differences = null, NotMeasuredBecause = because };
        }

        var pairs = arm.Values.Zip(baseline.Values, (value, reference) => (Arm: value!.Value, Baseline: reference!.Value)).ToArray();
        var hasRatio = wantsRatio && pairs.All(pair => pair.Arm > 0 && pair.Baseline > 0);
        return new Pairing
        {
            Differences = [.. pairs.Select(pair => pair.Arm - pair.Baseline)],
            LogRatios = hasRatio ? [.. pairs.Select(pair => Math.Log(pair.Arm / pair.Baseline))] : null,
            NotMeasuredBecause = wantsRatio && !hasRatio ? "a launch set measured 0, and there is no ratio to 0" : null,
        };
    }

    private static string? TooFew(int launchSets)
    {
        var needed = SignedRankInterval.SmallestCount();
        return launchSets < needed ? $"{CountText.Of(launchSets, "launch set")}; a 95 % interval needs {needed}" : null;
    }
}
