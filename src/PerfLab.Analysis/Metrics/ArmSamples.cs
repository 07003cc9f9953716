using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Metrics;

/// <summary>One metric of one arm, or of its requests of one name: one sample for each launch set that counts, in launch order.</summary>
internal sealed class ArmSamples
{
    private readonly Sample[] _samples;

    private ArmSamples(Sample[] samples)
    {
        _samples = samples;
        Values = [.. samples.Select(sample => sample.Value)];
    }

    internal IReadOnlyList<double?> Values { get; }

    /// <summary>Gets the median of what was measured, or null.</summary>
    internal double? Median
    {
        get
        {
            double[] measured = [.. Values.OfType<double>()];
            return measured.Length == 0 ? null : Quantile.Median(measured);
        }
    }

    /// <summary>Gets why some or all launch sets have no value, with their number; null when all have.</summary>
    internal MissingMeasurement? Missing
    {
        get
        {
            var missing = _samples.Count(sample => sample.Value is null);
            return missing == 0
                ? null
                : new MissingMeasurement(_samples.First(sample => sample.Value is null).MissingReason!.Value, _samples.Length, missing);
        }
    }

    internal static ArmSamples Of(Sample[] samples) => new(samples);

    internal static ArmSamples Take(MetricId metric, string arm, IReadOnlyList<LaunchRecord> launches) =>
        new([.. launches.Select(launch => Take(metric, arm, launch))]);

    private static Sample Take(MetricId metric, string arm, LaunchRecord launch) =>
        ArmRecords.Find(launch, arm) is { } found
            ? SampleExtractor.Take(metric, found, launch.WithholdsMaxima)
            : Sample.Missing(MissingReason.ArmNotMeasured);
}

/// <summary>An arm's samples beside those of the baseline, paired by launch set: log ratios and differences, or why there are none.</summary>
internal sealed record PairedSamples
{
    /// <summary>Gets the logarithms of arm over baseline; null when a value is missing or not above zero.</summary>
    internal required IReadOnlyList<double>? LogRatios { get; init; }

    /// <summary>Gets arm less baseline; null when a value is missing.</summary>
    internal required IReadOnlyList<double>? Differences { get; init; }

    /// <summary>Gets why there is no comparison; null when there is.</summary>
    internal required MissingMeasurement? Missing { get; init; }

    /// <summary>
    /// Pairs the samples. One missing value takes the whole comparison away: a launch set that could not be measured is not
    /// a random one, and what is left must not pass for the whole.
    /// </summary>
    internal static PairedSamples Of(ArmSamples arm, ArmSamples baseline, bool wantsRatio)
    {
        var missing = arm.Missing
            ?? (baseline.Missing is { } other ? other with { IsOfBaseline = true } : null)
            ?? TooFew(arm.Values.Count);
        if (missing is not null)
        {
            return new PairedSamples { LogRatios = null, Differences = null, Missing = missing };
        }

        var ratios = wantsRatio ? LogRatiosOf(arm, baseline) : null;
        return new PairedSamples
        {
            Differences = [.. arm.Values.Zip(baseline.Values, (value, reference) => value!.Value - reference!.Value)],
            LogRatios = ratios,
            Missing = wantsRatio && ratios is null ? new MissingMeasurement(MissingReason.ZeroHasNoRatio, arm.Values.Count) : null,
        };
    }

    /// <summary>Pairs the samples without regard to their number; null when there are none, or when one is missing or not above zero.</summary>
    internal static IReadOnlyList<double>? LogRatiosOf(ArmSamples arm, ArmSamples baseline) =>
        arm.Values.Count > 0 && arm.Values.Concat(baseline.Values).All(value => value > 0)
            ? [.. arm.Values.Zip(baseline.Values, (value, reference) => Math.Log(value!.Value / reference!.Value))]
            : null;

    private static MissingMeasurement? TooFew(int launchSets) =>
        launchSets < SignedRankInterval.SmallestCount() ? new MissingMeasurement(MissingReason.TooFewLaunchSets, launchSets) : null;
}
