using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Credibility;

/// <summary>Adds up the ledgers of an arm over its launch sets.</summary>
internal static class LedgerTotal
{
    internal static SpanLedger Of(Plan plan, PlannedArm arm, IReadOnlyList<LaunchRecord> launches)
    {
        SpanLedger[] ledgers = [.. ArmRecords.Of(arm.Name, launches).Select(record => ArmLedger.Of(plan, arm, record))];
        return new SpanLedger
        {
            RequestCount = ledgers.Sum(ledger => ledger.RequestCount),
            CreatedCount = Sum(ledgers, ledger => ledger.CreatedCount),
            NotSampledCount = Sum(ledgers, ledger => ledger.NotSampledCount),
            SampledCount = Sum(ledgers, ledger => ledger.SampledCount),
            ReceivedCount = ledgers.Sum(ledger => ledger.ReceivedCount),
            RefusedCount = ledgers.Sum(ledger => ledger.RefusedCount),
            ExportRequestCount = ledgers.Sum(ledger => ledger.ExportRequestCount),
            WireBytes = ledgers.Sum(ledger => ledger.WireBytes),
            DecodedBytes = ledgers.Sum(ledger => ledger.DecodedBytes),
        };
    }

    // What one launch set did not measure is not 0 in the total; and of no launch set nothing is known.
    private static long? Sum(SpanLedger[] ledgers, Func<SpanLedger, long?> count) =>
        ledgers.Length > 0 && ledgers.All(ledger => count(ledger) is not null) ? ledgers.Sum(count) : null;
}
