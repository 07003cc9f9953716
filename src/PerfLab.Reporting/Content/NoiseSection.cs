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

    // The default of design.launch_sets in a scenario file.
    private const int DefaultLaunchSets = 12;

    /// <summary>Composes the section.</summary>
    public static ExtraSection Compose(NoiseProfile profile) => new(
        "noise",
        "What identical arms show",
        $"{DisplayText.Count(profile.Arms)} arms that differ in nothing, in {DisplayText.Counted(profile.LaunchSets, "launch set")}. "
            + $"{DisplayText.Counted(profile.Comparisons, "comparison")} of {DisplayText.Count(profile.ComparisonLaunchSets)} launch sets each, made of pairs without an arm in common, so that each is independent of the others. "
            + $"An interval without zero is a false alarm: {MetricColumnFormat.Percent(profile.AllowedFalseAlarmRatio)} of them are allowed, and behind their count stands the 95 % interval of their probability. "
            + $"Beyond: the whole interval beyond the practical threshold. Spread: standard deviation of the ratio of two arms, from launch set to launch set. Last, the change that {DefaultLaunchSets} launch sets find four times in five.",
        ["Metric", "False alarms", "Probability", "Beyond", "Spread", $"{DefaultLaunchSets} find"],
        [.. profile.Metrics.Select(Row)]);

    private static IReadOnlyList<string> Row(MetricNoise noise) =>
    [
        MetricCatalogue.Get(noise.Metric).Title,
        noise.Comparisons == 0 ? Nothing : $"{DisplayText.Count(noise.FalseAlarms)} of {DisplayText.Count(noise.Comparisons)}",
        noise is { FalseAlarmRatioLow: { } low, FalseAlarmRatioHigh: { } high } ? $"{Number(low)} to {Percent(high)}" : Nothing,
        noise.Comparisons == 0 ? Nothing : DisplayText.Count(noise.BeyondThreshold),
        noise.SpreadRatio is { } spread ? Percent(spread) : Nothing,
        noise.SpreadRatio is { } deviation && SignedRankPower.DetectableEffect(DefaultLaunchSets, deviation) is { } effect ? Percent(Math.Exp(effect) - 1) : Nothing,
    ];

    private static string Percent(double ratio) => Number(ratio) + "\u00a0%";

    private static string Number(double ratio) => (ratio * 100).ToString(ratio is > 0 and < 0.01 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
