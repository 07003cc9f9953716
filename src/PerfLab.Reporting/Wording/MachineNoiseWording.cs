using System.Globalization;
using PerfLab.Analysis.Noise;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Reporting.Wording;

/// <summary>Says what is known of the machine's noise, to stand beside the verdicts.</summary>
internal static class MachineNoiseWording
{
    private static readonly string s_makeOne = $"Make one with {StartCommand.Noise}.";

    /// <summary>Writes what the noise profile says, or why there is none and what to do.</summary>
    public static IReadOnlyList<string> Compose(MachineNoise noise) => noise switch
    {
        { Profile: { } profile } => [Lead(profile), .. Metrics(noise, profile)],
        { Knowledge: NoiseProfileMatch.OtherMachine } => [$"The existing noise profile is of another machine ({string.Join("; ", noise.MachineDifferences)}), so it says nothing here. {s_makeOne}"],
        _ => [$"There is no noise profile of this machine with runtime {RuntimeKnobs.NameOf(noise.Runtime)}: how often it raises a false alarm is not known. {s_makeOne}"],
    };

    private static string Lead(NoiseProfile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"Noise of this machine, from {profile.Comparisons} comparisons of identical arms of {profile.Scenario} on {profile.MeasuredUtc.UtcDateTime:yyyy-MM-dd}:");

    private static IEnumerable<string> Metrics(MachineNoise noise, NoiseProfile profile) =>
        from metric in MetricCatalog.All
        where metric.IsPrimary
        let measured = profile.Metrics.FirstOrDefault(one => one.Metric == metric.Id)
        where measured is not null
        select Of(metric, measured, noise, profile);

    private static string Of(MetricDefinition metric, MetricNoise measured, MachineNoise noise, NoiseProfile profile) =>
        measured is { FalseAlarmRatioLow: { } low, FalseAlarmRatioHigh: { } high, SpreadRatio: not null }
            ? $"{metric.Title}: {measured.FalseAlarms} of {measured.Comparisons} false alarms ({PercentText.Range(low, high)}; {QuantityFormat.Percent(profile.AllowedFalseAlarmRatio)} are allowed), {Beyond(measured)} beyond {PercentText.Limits(measured.PracticalThreshold)}{Detects(metric, noise)}."
            : $"{metric.Title}: not measured ({(measured.Missing is { } missing ? MissingWording.Of(metric.Id, missing) : measured.NotMeasuredBecause)}).";

    private static string Beyond(MetricNoise measured) =>
        measured.BeyondThreshold == 0 ? "none" : measured.BeyondThreshold.ToString(CultureInfo.InvariantCulture);

    private static string Detects(MetricDefinition metric, MachineNoise noise) =>
        noise.DetectableRatios.TryGetValue(metric.Id, out var ratio)
            ? $"; {DisplayText.Counted(noise.LaunchSets, "launch set")} detect {QuantityFormat.Percent(ratio)} or more"
            : string.Empty;
}
