using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Trust;

/// <summary>Finds what an arm did wrong by itself, from its spans and its requests in all launch sets that count.</summary>
internal static class ArmHealthAnalyzer
{
    /// <summary>Lost or surplus spans up to this share of the sampled ones do not matter: they change a cost by less than any run can measure.</summary>
    internal const double SpansPracticalThreshold = 0.001;

    // An arm that lost most of its spans is not a cheaper one.
    private const double MostSpans = 0.5;

    // Where so many traces are expected and each is sampled independently, the chance that none is there is e^-20.
    private const double ExpectedTraces = 20;

    internal static ArmHealth Of(Plan plan, PlannedArm arm, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        SpanLedger[] ledgers = [.. ArmRecords.Of(arm.Name, launches).Select(record => ArmLedger.Of(plan, arm, record))];
        var isJudged = arm.BackEnd is null && SdkEnvironment.IsExported(plan, arm);
        var sampled = ledgers.Sum(ledger => ledger.SampledCount ?? 0);
        var rejected = Rejected(ledgers);
        var lost = Sum(ledgers, ArmFaultKind.SpansLost, sampled, missing => missing);
        ArmFault[] faults =
        [
            .. new[]
            {
                rejected,
                rejected is { } all && all.Count == all.Of ? null : Exports(plan, arm, ledgers),
                Requests(plan, arm, baseline, launches),
                isJudged ? BeyondThreshold(lost) : null,
                isJudged ? BeyondThreshold(Sum(ledgers, ArmFaultKind.SpansSurplus, sampled, missing => -missing)) : null,
            }.OfType<ArmFault>().OrderByDescending(StateOf),
        ];
        return new ArmHealth
        {
            State = ledgers.Length == 0 ? ArmState.Unknown : faults.Length == 0 ? ArmState.Healthy : faults.Max(StateOf),
            Spans = Balance(plan, arm, ledgers),
            SpansLostRatio = isJudged && sampled > 0 ? (double)lost.Count / sampled : null,
            Faults = faults,
        };
    }

    private static ArmState StateOf(ArmFault fault) => fault.Kind switch
    {
        ArmFaultKind.SpansLost or ArmFaultKind.ExportsRejected when fault.Count >= MostSpans * fault.Of => ArmState.Broken,
        ArmFaultKind.SpansLost or ArmFaultKind.ExportsRejected or ArmFaultKind.SpansSurplus => ArmState.Impaired,
        _ => ArmState.Broken,
    };

    private static ArmFault Sum(SpanLedger[] ledgers, ArmFaultKind kind, long sampled, Func<long, long> count)
    {
        long[] counts = [.. ledgers.Select(ledger => Math.Max(0, count(ledger.MissingCount ?? 0)))];
        return new ArmFault(kind, counts.Sum(), sampled, counts.Count(one => one > 0));
    }

    private static ArmFault? BeyondThreshold(ArmFault fault) =>
        fault.Count > SpansPracticalThreshold * fault.Of ? fault : null;

    // An exporter may send a rejected export again, so a ledger that shows every span to have arrived clears it.
    private static ArmFault? Rejected(SpanLedger[] ledgers)
    {
        SpanLedger[] doubtful = [.. ledgers.Where(ledger => ledger.MissingCount is not 0 && RejectedExport.CountOf(ledger) > 0)];
        var count = doubtful.Sum(RejectedExport.CountOf);
        var exports = ledgers.Sum(ledger => ledger.ExportRequestCount + RejectedExport.CountOf(ledger));
        return count > RejectedExport.PracticalLimitRatio * exports ? new ArmFault(ArmFaultKind.ExportsRejected, count, exports, doubtful.Length) : null;
    }

    // Whether a baseline should export is not known where nothing tells it to be silent: some scenarios trace in every arm.
    private static ArmFault? Exports(Plan plan, PlannedArm arm, SpanLedger[] ledgers)
    {
        var share = SdkEnvironment.ExpectedShare(plan, arm);
        var requests = ledgers.Sum(ledger => ledger.RequestCount);
        if (share == 0)
        {
            var received = ledgers.Sum(ledger => ledger.ReceivedCount);
            return received > 0 ? new ArmFault(ArmFaultKind.ExportedThoughSilent, received, requests, ledgers.Count(ledger => ledger.ReceivedCount > 0)) : null;
        }

        var silent = ledgers.Count(ledger => ledger is { ReceivedCount: 0, RefusedCount: 0 } && share * ledger.RequestCount >= ExpectedTraces);
        return silent > 0 && arm is { Role: ArmRole.Variant, BackEnd: null }
            ? new ArmFault(ArmFaultKind.NothingExported, 0, requests, silent)
            : null;
    }

    private static ArmFault? Requests(Plan plan, PlannedArm arm, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        var threshold = plan.PracticalThresholds.TryGetValue(MetricId.Errors, out var own) ? own : MetricCatalog.Get(MetricId.Errors).PracticalThreshold;
        var (failed, offered, launchSets) = Failed(arm, launches);
        var (usual, usualOf, _) = arm.Name == baseline.Name ? (0, 0, 0) : Failed(baseline, launches);
        return arm.BackEnd is null && offered > 0 && ((double)failed / offered) - (usualOf > 0 ? (double)usual / usualOf : 0) > threshold
            ? new ArmFault(ArmFaultKind.RequestsFailed, failed, offered, launchSets)
            : null;
    }

    private static (long Failed, long Offered, int LaunchSets) Failed(PlannedArm arm, IReadOnlyList<LaunchRecord> launches)
    {
        (long Failed, long Offered)[] counts =
        [
            .. ArmRecords.Of(arm.Name, launches).Select(record => (
                record.CountedSlices.Sum(slice => slice.OfferedCount - slice.AnsweredCount),
                record.CountedSlices.Sum(slice => slice.OfferedCount))),
        ];
        return (counts.Sum(count => count.Failed), counts.Sum(count => count.Offered), counts.Count(count => count.Failed > 0));
    }

    private static SpanBalance Balance(Plan plan, PlannedArm arm, SpanLedger[] ledgers) => ledgers switch
    {
        _ when arm.BackEnd is not null => SpanBalance.FaultInjected,
        _ when !SdkEnvironment.IsExported(plan, arm) => SpanBalance.ExportedElsewhere,
        [] => SpanBalance.NotMeasured,
        _ when Array.Exists(ledgers, ledger => ledger.MissingCount is not (null or 0)) => SpanBalance.Unbalanced,
        _ when Array.Exists(ledgers, ledger => ledger.SampledCount is null) => SpanBalance.NotMeasured,
        _ => SpanBalance.Balanced,
    };
}
