using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Trust;

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
            RefusedRequestCount = ledgers.Sum(ledger => ledger.RefusedRequestCount),
            ExportRequestCount = ledgers.Sum(ledger => ledger.ExportRequestCount),
            ExportsWithoutSpansCount = ledgers.Sum(ledger => ledger.ExportsWithoutSpansCount),
            OtherSignalExportCount = ledgers.Sum(ledger => ledger.OtherSignalExportCount),
            RejectedExports = RejectedExport.Total(ledgers.SelectMany(ledger => ledger.RejectedExports)),
            WireBytes = ledgers.Sum(ledger => ledger.WireBytes),
            DecodedBytes = ledgers.Sum(ledger => ledger.DecodedBytes),
            DuplicateCount = ledgers.Sum(ledger => ledger.DuplicateCount),
            // Where requests bring their traces along, what begins here is something else: a health check.
            RootSpanCount = IncomingTraces.Of(plan.Target.Requests).Share > 0 ? null : Sum(ledgers, ledger => ledger.RootSpanCount),
            LateCount = ledgers.Sum(ledger => ledger.LateCount),
            DroppedCount = Sum(ledgers, ledger => ledger.DroppedCount),
            FailedExportCount = Sum(ledgers, ledger => ledger.FailedExportCount),
            ReceivedByService = ByService(ledgers),
        };
    }

    /// <summary>Adds up where an arm's missing spans were lost; what nothing explains comes last.</summary>
    internal static IReadOnlyList<SpanLoss> Losses(Plan plan, PlannedArm arm, IReadOnlyList<LaunchRecord> launches) =>
    [
        .. ArmRecords.Of(arm.Name, launches)
            .SelectMany(record => SpanLoss.Of(ArmLedger.Of(plan, arm, record), record.Processes))
            .GroupBy(loss => loss.Place)
            .OrderBy(place => place.Key == SpanLossLocation.Unknown)
            .ThenBy(place => place.Key)
            .Select(place => new SpanLoss(place.Key, place.Sum(loss => loss.Count))),
    ];

    /// <summary>Gets the share of an arm's spans that tail sampling in the collector kept; null without tail sampling.</summary>
    internal static double? TailKeptRatio(PlannedArm arm, IReadOnlyList<LaunchRecord> launches)
    {
        TailSamplingRecord[] tails = [.. ArmRecords.Of(arm.Name, launches).Select(record => record.Collector?.Tail).OfType<TailSamplingRecord>()];
        var (kept, dropped) = (tails.Sum(tail => tail.KeptSpanCount), tails.Sum(tail => tail.DroppedSpanCount));
        return kept + dropped > 0 ? (double)kept / (kept + dropped) : null;
    }

    private static SortedDictionary<string, long> ByService(SpanLedger[] ledgers) => new(
        ledgers.SelectMany(ledger => ledger.ReceivedByService)
            .GroupBy(service => service.Key, StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => service.Sum(count => count.Value), StringComparer.Ordinal),
        StringComparer.Ordinal);

    // What one launch set did not measure is not 0 in the total; and of no launch set nothing is known.
    private static long? Sum(SpanLedger[] ledgers, Func<SpanLedger, long?> count) =>
        ledgers.Length > 0 && ledgers.All(ledger => count(ledger) is not null) ? ledgers.Sum(count) : null;
}

/// <summary>The span ledger of an arm in a launch set, with what its environment says where the target says nothing.</summary>
internal static class ArmLedger
{
    /// <summary>
    /// Gets the ledger. A target without an SDK has nothing that could count what it samples: where every process of the arm is
    /// told to have none, and the collector saw not one request of it, nothing was created and nothing is missing.
    /// </summary>
    internal static SpanLedger Of(Plan plan, PlannedArm arm, ArmRecord record) =>
        record.Spans is { CreatedCount: null, SampledCount: null, ReceivedCount: 0, RefusedCount: 0, RefusedRequestCount: 0, ExportRequestCount: 0, RejectedExports.Count: 0 } silent && SdkEnvironment.IsDisabled(plan, arm)
            ? silent with { CreatedCount = 0, NotSampledCount = 0, SampledCount = 0 }
            : record.Spans;
}
