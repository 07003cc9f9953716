using System.Globalization;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics.Power;

namespace PerfLab.Analysis.Noise;

/// <summary>Says of a run what the machine's noise profile means for it.</summary>
internal static class NoiseReader
{
    internal static MachineNoise Read(Manifest manifest, Plan plan, int launchSets, NoiseProfile? profile)
    {
        if (profile is null || profile.Runtime != plan.Runtime)
        {
            return new MachineNoise(NoiseKnowledge.None, null, [$"There is no noise profile of this machine with runtime {RuntimeKnobs.NameOf(plan.Runtime)}: how often it raises a false alarm is not known. Make one with ./run.sh noise."]);
        }

        var differences = manifest.Machine.DifferencesFrom(profile.Machine);
        return differences.Count == 0
            ? new MachineNoise(NoiseKnowledge.ThisMachine, profile, [.. Describe(profile, launchSets)])
            : new MachineNoise(NoiseKnowledge.OtherMachine, null, [$"The noise profile at hand is of another machine ({string.Join("; ", differences)}), so it says nothing here. Make one with ./run.sh noise."]);
    }

    private static IEnumerable<string> Describe(NoiseProfile profile, int launchSets)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Noise of this machine, from {profile.Comparisons} comparisons of identical arms of {profile.Scenario} on {profile.MeasuredUtc.UtcDateTime:yyyy-MM-dd}:");
        foreach (var metric in MetricCatalogue.All.Where(metric => metric.IsPrimary))
        {
            if (profile.Metrics.FirstOrDefault(noise => noise.Metric == metric.Id) is { } noise)
            {
                yield return Describe(metric, noise, profile, launchSets);
            }
        }
    }

    private static string Describe(MetricDefinition metric, MetricNoise noise, NoiseProfile profile, int launchSets) =>
        noise is { FalseAlarmRatioLow: { } low, FalseAlarmRatioHigh: { } high, SpreadRatio: { } spread }
            ? $"{metric.Title}: {noise.FalseAlarms} of {noise.Comparisons} false alarms ({PercentText.Range(low, high)}; {QuantityFormat.Percent(profile.AllowedFalseAlarmRatio)} are allowed), {Beyond(noise)} beyond {PercentText.Limits(noise.PracticalThreshold)}{Finds(spread, launchSets)}."
            : $"{metric.Title}: not measured ({noise.NotMeasuredBecause}).";

    private static string Beyond(MetricNoise noise) =>
        noise.BeyondThreshold == 0 ? "none" : noise.BeyondThreshold.ToString(CultureInfo.InvariantCulture);

    private static string Finds(double spread, int launchSets) =>
        SignedRankPower.DetectableEffect(launchSets, spread) is { } effect
            ? $"; {launchSets} launch sets find {QuantityFormat.Percent(Math.Exp(effect) - 1)} or more"
            : string.Empty;
}
