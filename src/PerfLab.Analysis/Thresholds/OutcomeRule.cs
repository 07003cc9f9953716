using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>How outcomes come about and add up.</summary>
internal static class OutcomeRule
{
    /// <summary>
    /// Proven when every value of the closed interval meets the condition, violated when none does. Each operator holds on one
    /// side of the limit, or at it, so the two ends decide unless the limit lies between them.
    /// </summary>
    internal static ThresholdOutcome Of(Threshold threshold, Interval interval) =>
        (threshold.Holds(interval.Low), threshold.Holds(interval.High), interval.Low < threshold.Limit && threshold.Limit < interval.High) switch
        {
            (true, true, false) => ThresholdOutcome.Proven,
            (false, false, false) => ThresholdOutcome.Violated,
            _ => ThresholdOutcome.NotDecided,
        };

    /// <summary>One violation is enough; to prove takes all, and at least one.</summary>
    internal static ThresholdOutcome Combine(IEnumerable<ThresholdOutcome> outcomes)
    {
        var all = outcomes.ToHashSet();
        return all.Contains(ThresholdOutcome.Violated) ? ThresholdOutcome.Violated
            : all is { Count: 1 } && all.Contains(ThresholdOutcome.Proven) ? ThresholdOutcome.Proven
            : ThresholdOutcome.NotDecided;
    }
}
