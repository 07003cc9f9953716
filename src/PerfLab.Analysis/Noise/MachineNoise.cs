using System.Globalization;
using PerfLab.Analysis.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Noise;

/// <summary>What is known of the machine's noise, to stand beside the verdicts.</summary>
/// <param name="Knowledge">Whether there is a profile that applies.</param>
/// <param name="Profile">The profile; null unless it applies.</param>
/// <param name="Sentences">What it says, or why there is none and what to do.</param>
public sealed record MachineNoise(NoiseProfileMatch Knowledge, NoiseProfile? Profile, IReadOnlyList<string> Sentences);

/// <summary>What is known of the noise of the machine on which a run was made.</summary>
public enum NoiseProfileMatch
{
    /// <summary>Nothing: no profile was there when the run began.</summary>
    None = 0,

    /// <summary>There was a profile, but of another machine, so it says nothing.</summary>
    OtherMachine = 1,

    /// <summary>There was a profile of this machine with these runtime knobs.</summary>
    ThisMachine = 2,
}

/// <summary>Says of a run what the machine's noise profile means for it.</summary>
internal static class NoiseReader
{
    internal static MachineNoise Read(Manifest manifest, Plan plan, int launchSets, NoiseProfile? profile)
    {
        if (profile is null || profile.Runtime != plan.Runtime)
        {
            return new MachineNoise(NoiseProfileMatch.None, null, [$"There is no noise profile of this machine with runtime {RuntimeKnobs.NameOf(plan.Runtime)}: how often it raises a false alarm is not known. Make one with ./run.sh noise."]);
        }

        var differences = manifest.Machine.DifferencesFrom(profile.Machine);
        return differences.Count == 0
            ? new MachineNoise(NoiseProfileMatch.ThisMachine, profile, [.. Describe(profile, launchSets)])
            : new MachineNoise(NoiseProfileMatch.OtherMachine, null, [$"The noise profile at hand is of another machine ({string.Join("; ", differences)}), so it says nothing here. Make one with ./run.sh noise."]);
    }

    private static IEnumerable<string> Describe(NoiseProfile profile, int launchSets)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Noise of this machine, from {profile.Comparisons} comparisons of identical arms of {profile.Scenario} on {profile.MeasuredUtc.UtcDateTime:yyyy-MM-dd}:");
        foreach (var metric in MetricCatalog.All.Where(metric => metric.IsPrimary))
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
            : $"{metric.Title}: not measured ({(noise.Missing is { } missing ? MissingWording.Of(metric.Id, missing) : noise.NotMeasuredBecause)}).";

    private static string Beyond(MetricNoise noise) =>
        noise.BeyondThreshold == 0 ? "none" : noise.BeyondThreshold.ToString(CultureInfo.InvariantCulture);

    private static string Finds(double spread, int launchSets) =>
        SignedRankPower.DetectableEffect(launchSets, spread) is { } effect
            ? $"; {launchSets} launch sets find {QuantityFormat.Percent(Math.Exp(effect) - 1)} or more"
            : string.Empty;
}
