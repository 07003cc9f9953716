using System.Globalization;
using PerfLab.Analysis.Wording;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>What the numbers of an arm say of a threshold, before anybody asks whether the run is trusted.</summary>
/// <param name="Outcome">What they say.</param>
/// <param name="Measured">What was compared with the limit; null for counts and where there is none.</param>
/// <param name="Facts">The numbers in words, or why there are none.</param>
internal sealed record ThresholdJudgment(ThresholdOutcome Outcome, Interval? Measured, string Facts)
{
    internal static ThresholdJudgment NotDecided(string because) => new(ThresholdOutcome.NotDecided, null, because);
}

/// <summary>Judges an arm by the spans that were sampled and did not arrive, or their share: counted over all launch sets, no estimate.</summary>
internal static class LedgerJudge
{
    internal static ThresholdJudgment SpansLost(Threshold threshold, SpanLedger spans)
    {
        if (spans.SampledCount is not { } sampled)
        {
            return ThresholdJudgment.NotDecided("lost spans were not measured (the target did not say what it sampled)");
        }

        var facts = string.Create(CultureInfo.InvariantCulture, $"{sampled:N0} spans were sampled and {spans.DistinctCount:N0} arrived");
        if (spans.DistinctCount > sampled)
        {
            return ThresholdJudgment.NotDecided(facts + ", so the ledger does not balance");
        }

        var isShare = threshold.Quantity is ThresholdQuantity.SpansLost { IsShare: true };
        var lost = sampled - spans.DistinctCount;
        var share = sampled > 0 ? (double)lost / sampled : 0;
        return new ThresholdJudgment(
            threshold.Holds(isShare ? share : lost) ? ThresholdOutcome.Proven : ThresholdOutcome.Violated,
            null,
            isShare && lost > 0 ? $"{facts}, {ArmHealthText.Percent(share)} lost" : facts);
    }
}
