namespace PerfLab.Experiments.Thresholds.Measured;

/// <summary>
/// Judges the thresholds of a load test by its measured values, as k6 does; one load test is one sample, and nothing is said
/// of its repeatability. A pure function.
/// </summary>
public static class LoadThresholdJudge
{
    /// <summary>Judges one threshold.</summary>
    /// <param name="threshold">A threshold; one that load tests cannot judge (<see cref="ThresholdUse.FaultInLoadTest"/>) is not measured.</param>
    /// <param name="measurements">What was measured.</param>
    public static LoadThresholdResult Judge(Threshold threshold, ILoadMeasurements measurements)
    {
        if (ThresholdUse.FaultInLoadTest(threshold) is { } fault)
        {
            return new LoadThresholdResult(threshold, LoadThresholdOutcome.NotMeasured, null, $"{threshold.Text} was not measured: {fault}");
        }

        if (Find(threshold.Quantity, measurements) is not { } value || double.IsNaN(value))
        {
            return new LoadThresholdResult(threshold, LoadThresholdOutcome.NotMeasured, null, $"{threshold.Text} was not measured: there is no {MeasuredText.Noun(threshold.Quantity)}, and what is missing does not pass.");
        }

        var passed = threshold.Holds(value);
        return new LoadThresholdResult(
            threshold,
            passed ? LoadThresholdOutcome.Passed : LoadThresholdOutcome.Failed,
            value,
            $"{threshold.Text} {(passed ? "passed" : "failed")}: {MeasuredText.Noun(threshold.Quantity)} {MeasuredText.Value(threshold.Quantity, value)}.");
    }

    /// <summary>Judges several thresholds, in their order.</summary>
    /// <param name="thresholds">The thresholds.</param>
    /// <param name="measurements">What was measured.</param>
    public static IReadOnlyList<LoadThresholdResult> Judge(IReadOnlyList<Threshold> thresholds, ILoadMeasurements measurements) =>
        [.. thresholds.Select(threshold => Judge(threshold, measurements))];

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
