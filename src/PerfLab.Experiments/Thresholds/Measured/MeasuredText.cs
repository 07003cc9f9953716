using System.Globalization;
using PerfLab.Experiments.Metrics;

namespace PerfLab.Experiments.Thresholds.Measured;

/// <summary>Measured values as they stand in sentences about thresholds.</summary>
internal static class MeasuredText
{
    internal static string Noun(ThresholdQuantity quantity) => quantity switch
    {
        ThresholdQuantity.ResponseTime time => $"{Name(time.Statistic)} response time",
        ThresholdQuantity.StartLateness time => $"{Name(time.Statistic)} start lateness",
        ThresholdQuantity.ErrorShare => "share of errors",
        ThresholdQuantity.DroppedStarts => "count of dropped starts",
        ThresholdQuantity.AnsweredRequests => "count of answered requests",
        ThresholdQuantity.AnsweredRate => "answered requests per second",
        _ => quantity.ToString(),
    };

    // All digits that a limit can have: a value that misses 200 ms by a microsecond must not be shown as 200 ms.
    internal static string Value(ThresholdQuantity quantity, double value) => quantity.Unit switch
    {
        MetricUnit.Seconds => Number(value * 1e3) + " ms",
        MetricUnit.Ratio => Number(value * 100) + " %",
        _ => Number(value),
    };

    private static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);

    private static string Name(TimeStatistic statistic) => statistic switch
    {
        TimeStatistic.Percentile percentile => string.Create(CultureInfo.InvariantCulture, $"p{percentile.Percent}"),
        TimeStatistic.Mean => "mean",
        TimeStatistic.Minimum => "smallest",
        _ => "largest",
    };
}
