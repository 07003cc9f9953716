using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>Judges an arm by the spans that were sampled and did not arrive, or their share: counted over all launch sets, no estimate.</summary>
internal static class LedgerJudge
{
    internal static ArmThresholdResult SpansLost(Threshold threshold, string arm, SpanLedger spans)
    {
        if (spans.SampledCount is not { } sampled)
        {
            return ArmThresholdResult.NotDecided(arm, new ThresholdEvidence.SpansNotCounted());
        }

        var lost = sampled - spans.DistinctCount;
        if (lost < 0)
        {
            return ArmThresholdResult.NotDecided(arm, new ThresholdEvidence.Spans(sampled, spans.DistinctCount, LostRatio: null), new ThresholdObstacle.LedgerUnbalanced());
        }

        var isShare = threshold.Quantity is ThresholdQuantity.SpansLost { IsShare: true };
        var share = sampled > 0 ? (double)lost / sampled : 0;
        return new ArmThresholdResult(
            arm,
            threshold.Holds(isShare ? share : lost) ? ThresholdOutcome.Proven : ThresholdOutcome.Violated,
            new ThresholdEvidence.Spans(sampled, spans.DistinctCount, isShare && lost > 0 ? share : null));
    }
}
