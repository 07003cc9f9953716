using PerfLab.Analysis.Formatting;
using PerfLab.Analysis.Samples;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Descriptions;

namespace PerfLab.Analysis.Comparisons;

/// <summary>One metric of one arm: one sample for each launch set that counts, in launch order.</summary>
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
    internal string? MissingBecause
    {
        get
        {
            var missing = _samples.Count(sample => sample.Value is null);
            return missing == 0
                ? null
                : $"{_samples.First(sample => sample.Value is null).MissingBecause} ({missing} of {CountText.Of(_samples.Length, "launch set")})";
        }
    }

    internal static ArmSamples Take(MetricId metric, string arm, IReadOnlyList<LaunchRecord> launches) =>
        new([.. launches.Select(launch => Take(metric, arm, launch))]);

    private static Sample Take(MetricId metric, string arm, LaunchRecord launch) =>
        ArmRecords.Find(launch, arm) is { } found
            ? SampleCatalogue.Take(metric, found)
            : Sample.Missing("the arm was not measured");
}
