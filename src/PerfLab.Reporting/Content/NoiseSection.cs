using System.Globalization;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Formatting;
using PerfLab.Statistics.Power;

namespace PerfLab.Reporting.Content;

/// <summary>What a run of identical arms shows: how often it raises a false alarm, and what it can find.</summary>
internal static class NoiseSection
{
    private const string Nothing = "–";

    // What a design of launch sets can find: the least there is, the default, and twice as many.
    private static readonly int[] Designs = [6, 12, 24];

    /// <summary>Composes the section.</summary>
    public static ExtraSection Compose(NoiseProfile profile) => new(
        "noise",
        "What identical arms show",
        $"{DisplayText.Count(profile.Arms)} arms that differ in nothing, in {DisplayText.Counted(profile.LaunchSets, "launch set")}. "
            + $"{DisplayText.Counted(profile.Comparisons, "comparison")} of {DisplayText.Count(profile.ComparisonLaunchSets)} launch sets each, made of pairs without an arm in common, so that each is independent of the others. "
            + $"An interval without zero is a false alarm; it allows {MetricColumnFormat.Percent(profile.AllowedFalseAlarmRatio)} of them.",
        ["Metric", "Comparisons", "False alarms", "Probability of one, 95 %", "Beyond the threshold", "Spread of the ratio", .. Designs.Select(design => $"{design} launch sets find")],
        [.. profile.Metrics.Select(Row)]);

    private static IReadOnlyList<string> Row(MetricNoise noise) =>
    [
        MetricCatalogue.Get(noise.Metric).Title,
        DisplayText.Count(noise.Comparisons),
        noise.Comparisons == 0 ? Nothing : DisplayText.Count(noise.FalseAlarms),
        noise is { FalseAlarmRatioLow: { } low, FalseAlarmRatioHigh: { } high } ? $"{Percent(low)} to {Percent(high)}" : Nothing,
        noise.Comparisons == 0 ? Nothing : $"{DisplayText.Count(noise.BeyondThreshold)} (±{MetricColumnFormat.Percent(noise.PracticalThreshold)})",
        noise.SpreadRatio is { } spread ? Percent(spread) : Nothing,
        .. Designs.Select(design => noise.SpreadRatio is { } deviation && SignedRankPower.DetectableEffect(design, deviation) is { } effect ? Percent(Math.Exp(effect) - 1) : Nothing),
    ];

    private static string Percent(double ratio) => (ratio * 100).ToString(ratio < 0.01 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + "\u00a0%";
}
