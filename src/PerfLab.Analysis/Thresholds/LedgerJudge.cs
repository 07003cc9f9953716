using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Thresholds;

/// <summary>Judges an arm by the spans that were sampled and did not arrive: a count over all launch sets, no estimate.</summary>
internal static class LedgerJudge
{
    internal static Judgement SpansLost(Threshold threshold, SpanLedger spans)
    {
        if (spans.SampledCount is not { } sampled)
        {
            return Judgement.Open("lost spans were not measured (the target did not say what it sampled)");
        }

        var facts = string.Create(CultureInfo.InvariantCulture, $"{sampled:N0} spans were sampled and {spans.DistinctCount:N0} arrived");
        return spans.DistinctCount > sampled
            ? Judgement.Open(facts + ", so the ledger does not balance")
            : new Judgement(threshold.Holds(sampled - spans.DistinctCount) ? ThresholdOutcome.Proven : ThresholdOutcome.Violated, null, facts);
    }
}
