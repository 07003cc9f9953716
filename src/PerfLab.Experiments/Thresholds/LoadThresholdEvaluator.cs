using System.Globalization;

namespace PerfLab.Experiments.Thresholds;

/// <summary>
/// Judges the thresholds of a load test by its measured values, as k6 does; one load test is one sample, and nothing is said
/// of its repeatability. A pure function.
/// </summary>
public static class LoadThresholdEvaluator
{
    /// <summary>Judges one threshold.</summary>
    /// <param name="threshold">A threshold; one that load tests cannot judge (<see cref="ThresholdApplicability.FaultInLoadTest"/>) is not measured.</param>
    /// <param name="measurements">What was measured.</param>
    public static LoadThresholdResult Evaluate(Threshold threshold, ILoadMeasurements measurements)
    {
        // Whether a name exists is for the measurements to say.
        if (ThresholdApplicability.FaultInLoadTest(threshold with { Request = null }, requests: null) is { } fault)
        {
            return new LoadThresholdResult(threshold, LoadThresholdOutcome.NotMeasured, null, $"{threshold.Text} was not measured: {fault}");
        }

        var noun = MeasuredValueText.Noun(threshold.Quantity) + (threshold.Request is { } name ? $" of {QuotedToken.Of(name)}" : string.Empty);
        var measured = threshold.Request is null ? measurements : measurements.OfRequest(threshold.Request);
        if (measured is null || Find(threshold.Quantity, measured) is not { } value || double.IsNaN(value))
        {
            return new LoadThresholdResult(threshold, LoadThresholdOutcome.NotMeasured, null, $"{threshold.Text} was not measured: there is no {noun}, and what is missing does not pass.");
        }

        var passed = threshold.Holds(value);
        return new LoadThresholdResult(
            threshold,
            passed ? LoadThresholdOutcome.Passed : LoadThresholdOutcome.Failed,
            value,
            $"{threshold.Text} {(passed ? "passed" : "failed")}: {noun} {MeasuredValueText.Value(threshold.Quantity, value)}.");
    }

    /// <summary>Judges several thresholds, in their order.</summary>
    /// <param name="thresholds">The thresholds.</param>
    /// <param name="measurements">What was measured.</param>
    public static IReadOnlyList<LoadThresholdResult> Evaluate(IReadOnlyList<Threshold> thresholds, ILoadMeasurements measurements) =>
        [.. thresholds.Select(threshold => Evaluate(threshold, measurements))];

    /// <summary>Says whether every threshold passed; without any there was none to fail.</summary>
    /// <param name="results">What came of the thresholds.</param>
    public static bool AllPassed(IReadOnlyList<LoadThresholdResult> results) =>
        results.All(result => result.Outcome == LoadThresholdOutcome.Passed);

    private static double? Find(ThresholdQuantity quantity, ILoadMeasurements measurements) => quantity switch
    {
        ThresholdQuantity.ResponseTime time => measurements.ResponseTimeSeconds(time.Statistic),
        ThresholdQuantity.StartLateness time => measurements.StartLatenessSeconds(time.Statistic),
        ThresholdQuantity.ErrorShare => measurements.ErrorShare,
        ThresholdQuantity.DroppedStarts => measurements.DroppedCount,
        ThresholdQuantity.AnsweredRequests => measurements.AnsweredCount,
        ThresholdQuantity.AnsweredRate => measurements.AnsweredPerSecond,
        _ => null,
    };
}

/// <summary>A threshold of a load test with what came of it.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Value">The measured value in the unit of the threshold's limit; null when not measured.</param>
/// <param name="Sentence">One sentence for a reader.</param>
public sealed record LoadThresholdResult(Threshold Threshold, LoadThresholdOutcome Outcome, double? Value, string Sentence);

/// <summary>What became of a threshold of a load test.</summary>
public enum LoadThresholdOutcome
{
    /// <summary>There is no value to judge. It does not pass.</summary>
    NotMeasured = 0,

    /// <summary>The measured value meets the condition.</summary>
    Passed = 1,

    /// <summary>The measured value does not meet the condition.</summary>
    Failed = 2,
}

/// <summary>What thresholds ask of a load test. Null is not measured, and not measured never passes.</summary>
public interface ILoadMeasurements
{
    /// <summary>Gets the share of offered requests that were not answered as expected, dropped starts included; 0 to 1.</summary>
    double? ErrorShare { get; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    long? DroppedCount { get; }

    /// <summary>Gets the requests answered as expected.</summary>
    long? AnsweredCount { get; }

    /// <summary>Gets the requests answered as expected per second of the measured window.</summary>
    double? AnsweredPerSecond { get; }

    /// <summary>Gets a number of the response time, from the intended start, in seconds.</summary>
    /// <param name="statistic">Which; any percentile from 0 to 100 may be asked for.</param>
    double? ResponseTimeSeconds(TimeStatistic statistic);

    /// <summary>Gets a number of how late requests were started, in seconds.</summary>
    /// <param name="statistic">Which; any percentile from 0 to 100 may be asked for.</param>
    double? StartLatenessSeconds(TimeStatistic statistic);

    /// <summary>Gets what was measured of the requests of one name; null where there are none or nobody told them apart.</summary>
    /// <param name="name">The name.</param>
    ILoadMeasurements? OfRequest(string name);
}

/// <summary>Measured values as they stand in sentences about thresholds.</summary>
internal static class MeasuredValueText
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
