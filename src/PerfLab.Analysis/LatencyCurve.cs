using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis;

/// <summary>The response-time percentiles of an arm over its launch sets.</summary>
internal static class LatencyCurve
{
    /// <summary>
    /// At each percentile the median over launch sets. Only percentiles that every launch set has: a far one that few launch
    /// sets had enough requests for would bend the curve.
    /// </summary>
    internal static IReadOnlyList<PercentilePoint> Of(string arm, IReadOnlyList<LaunchRecord> launches)
    {
        LatencySummary[] recorded =
        [
            .. ArmRecords.Of(arm, launches)
                .Select(record => record.ResponseTime)
                .OfType<LatencySummary>()
                .Where(summary => summary.Count > 0),
        ];
        return
        [
            .. recorded
                .SelectMany(summary => summary.Spectrum.Where(point => PercentileValues.Suffice(point.Percentile, summary.Count)).DistinctBy(point => point.Percentile))
                .GroupBy(point => point.Percentile)
                .Where(group => group.Count() == recorded.Length)
                .OrderBy(group => group.Key)
                .Select(group => new PercentilePoint(group.Key, Quantile.Median([.. group.Select(point => point.Seconds)]))),
        ];
    }
}
