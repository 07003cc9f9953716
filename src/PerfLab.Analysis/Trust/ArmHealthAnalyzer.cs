using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Trust;

/// <summary>Finds what an arm did wrong by itself, from its spans and its requests in all launch sets that count.</summary>
internal static class ArmHealthAnalyzer
{
    /// <summary>Lost or surplus spans up to this share of the sampled ones do not matter: they change a cost by less than any run can measure.</summary>
    internal const double SpansPracticalThreshold = 0.001;

    // An arm that lost most of its spans is not a cheaper one.
    private const double MostSpans = 0.5;

    // Of a thousand good samplers one is called another.
    private const double TracesLevel = 0.999;

    // Where so many traces are expected and each is sampled independently, the chance that none is there is e^-20.
    private const double ExpectedTraces = 20;

    // A health check beside the requests, or a request that was answered before tracing began.
    private const double TracesPracticalThreshold = 0.1;

    // A service makes one trace for a request, and some more where the context is lost at a hop or work of its own runs beside.
    private const double MostTracesPerRequest = 5;

    internal static ArmHealth Of(Plan plan, PlannedArm arm, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        SpanLedger[] ledgers = [.. ArmRecords.Of(arm.Name, launches).Select(record => ArmLedger.Of(plan, arm, record))];
        var isJudged = arm.BackEnd is null && SdkEnvironment.IsExported(plan, arm);
        var sampled = ledgers.Sum(ledger => ledger.SampledCount ?? 0);
        var rejected = Rejected(plan, arm, ledgers);
        var invalid = arm.BackEnd is null ? InvalidIds(ledgers) : null;
        var lost = Sum(ledgers, ArmFaultKind.SpansLost, sampled, missing => missing);
        ArmFault[] faults =
        [
            .. new[]
            {
                rejected,
                invalid,
                rejected is { } all && all.Count == all.Of ? null : Exports(plan, arm, ledgers),
                Requests(plan, arm, baseline, launches),
                isJudged ? BeyondThreshold(lost) : null,
                isJudged ? BeyondThreshold(Sum(ledgers, ArmFaultKind.SpansSurplus, sampled, missing => -missing)) : null,
                isJudged && rejected is null && invalid is null && BeyondThreshold(lost) is null ? Traces(plan, arm, ledgers, launches) : null,
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
        ArmFaultKind.SpansLost or ArmFaultKind.ExportsRejected or ArmFaultKind.InvalidIds when fault.Count >= MostSpans * fault.Of => ArmState.Broken,
        var kind when fault.IsLowerBound || kind == ArmFaultKind.SpansSurplus => ArmState.Impaired,
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
    private static ArmFault? Rejected(Plan plan, PlannedArm arm, SpanLedger[] ledgers)
    {
        SpanLedger[] doubtful = [.. ledgers.Where(ledger => ledger.MissingCount is not 0 && RejectedExport.CountOf(ledger) > 0 && !ArrivesWhole(plan, arm, ledger))];
        var count = doubtful.Sum(RejectedExport.CountOf);
        var exports = ledgers.Sum(ledger => ledger.ExportRequestCount + RejectedExport.CountOf(ledger));
        return count > RejectedExport.PracticalLimitRatio * exports ? new ArmFault(ArmFaultKind.ExportsRejected, count, exports, doubtful.Length) : null;
    }

    // A service that does not count its spans may send metrics or logs in the wrong protocol. Its traces clear it if no process but the
    // one that begins them has spans to lose.
    private static bool ArrivesWhole(Plan plan, PlannedArm arm, SpanLedger ledger) =>
        ledger.MissingCount is null
        && ledger.RejectedExports.Where(entry => entry is { IsIntended: false, MayHoldSpans: true }).All(entry => entry.IsOfUnknownSignal)
        && plan.Target.Processes.Count <= 1 && IncomingTraces.Of(plan.Target.Requests).Share == 0
        && SdkEnvironment.ExpectedShares(plan, arm).Least is > 0 and var share
        && ledger.RootSpanCount >= (1 - TracesPracticalThreshold) * share * ledger.RequestCount;

    // A healthy back end that could read the spans refuses those without valid ids, and no others.
    private static ArmFault? InvalidIds(SpanLedger[] ledgers)
    {
        var invalid = ledgers.Sum(ledger => ledger.RefusedCount);
        return BeyondThreshold(new ArmFault(ArmFaultKind.InvalidIds, invalid, invalid + ledgers.Sum(ledger => ledger.ReceivedCount), ledgers.Count(ledger => ledger.RefusedCount > 0)));
    }

    // Whether a baseline should export is not known where nothing tells it to be silent or to sample: some scenarios trace in every arm.
    private static ArmFault? Exports(Plan plan, PlannedArm arm, SpanLedger[] ledgers)
    {
        var (least, most) = SdkEnvironment.ExpectedShares(plan, arm);
        var requests = ledgers.Sum(ledger => ledger.RequestCount);
        if (most == 0)
        {
            var arrived = ledgers.Sum(Arrived);
            var exports = ledgers.Sum(ledger => Unreadable(plan, arm, ledger));
            return arrived > 0 ? new ArmFault(ArmFaultKind.ExportedThoughSilent, arrived, requests, ledgers.Count(ledger => Arrived(ledger) > 0))
                : exports > 0 ? new ArmFault(ArmFaultKind.SentThoughSilent, exports, requests, ledgers.Count(ledger => Unreadable(plan, arm, ledger) > 0))
                : null;
        }

        // Samplers decide for each trace by itself, so what launch sets should have sent adds up where all of them are silent. Silent ones
        // picked from others add up to nothing: of many launch sets that expect a trace or two, some send none by chance.
        SpanLedger[] silent = [.. ledgers.Where(ledger => IsSilent(arm, ledger))];
        var asked = silent.Length == ledgers.Length ? silent.Sum(ledger => ledger.RequestCount) : silent.Select(ledger => ledger.RequestCount).DefaultIfEmpty().Max();
        return least * asked >= ExpectedTraces && (arm.Role == ArmRole.Variant || SdkEnvironment.PromisedShare(plan, arm) is not null)
            ? new ArmFault(ArmFaultKind.NothingExported, 0, requests, silent.Length)
            : null;

        static long Arrived(SpanLedger ledger) => ledger.ReceivedCount + ledger.RefusedCount;
    }

    // Exports in which no span could be counted. What ended before it named its signal is a trace only where there should be no SDK.
    private static long Unreadable(Plan plan, PlannedArm arm, SpanLedger ledger) => ledger.ExportsWithoutSpansCount + ledger.RejectedExports
        .Where(entry => entry is { IsIntended: false, MayHoldSpans: true } && (!entry.IsOfUnknownSignal || SdkEnvironment.IsDisabled(plan, arm)))
        .Sum(entry => entry.Count);

    // A back end in trouble loses what is sent, but it sees that something is, and before the trouble it is a healthy one. Nobody sees
    // an attempt at a port that is closed.
    private static bool IsSilent(PlannedArm arm, SpanLedger ledger) => arm.BackEnd switch
    {
        null => ledger is { ReceivedCount: 0, RefusedCount: 0 },
        { Kind: BackEndFaultKind.Down } => false,
        _ => ledger is { ReceivedCount: 0, RefusedCount: 0, RefusedRequestCount: 0, ExportRequestCount: 0, LateCount: 0, RejectedExports.Count: 0, FailedExportCount: null or 0 },
    };

    // What a sampler of the specification promises can be seen without the help of the service: each trace has one span without a
    // parent, where no request brings its trace along. A service may make no trace for a request, or two, so a ratio is held against
    // an arm of the same run that samples all.
    private static ArmFault? Traces(Plan plan, PlannedArm arm, SpanLedger[] ledgers, IReadOnlyList<LaunchRecord> launches)
    {
        if (SdkEnvironment.PromisedShare(plan, arm) is not { } promised || ledgers.Length == 0 || ledgers.Any(ledger => ledger.RootSpanCount is null))
        {
            return null;
        }

        var (traces, requests) = (ledgers.Sum(ledger => ledger.RootSpanCount!.Value), ledgers.Sum(ledger => ledger.RequestCount));
        if (traces == 0 || requests == 0)
        {
            return null; // Nothing arrived, which is a fault of its own.
        }

        if (promised == 1)
        {
            return traces < (1 - TracesPracticalThreshold) * requests && !SamplesAll(ledgers) ? new ArmFault(ArmFaultKind.TracesMissing, traces, requests, ledgers.Length) : null;
        }

        if (TracesPerRequest(plan, arm, launches) is not { } perRequest)
        {
            // Without such an arm it takes the service's own count, or more traces than any service makes.
            var (least, most) = (Share(traces, requests).Low, SamplesAll(ledgers) ? Share(traces, traces).Low : 0);
            return least > MostTracesPerRequest * promised || (promised < 1 - TracesPracticalThreshold && Math.Min(least, most) > promised)
                ? new ArmFault(ArmFaultKind.SampledShareDiffers, traces, requests, ledgers.Length)
                : null;
        }

        var all = (long)Math.Max(1, Math.Round(perRequest * requests));
        var (low, high) = Share(traces, all);
        var differs = Math.Abs((traces / (perRequest * requests * promised)) - 1) > TracesPracticalThreshold;
        return differs && (promised < low || promised > high) ? new ArmFault(ArmFaultKind.SampledShareDiffers, traces, all, ledgers.Length) : null;
    }

    private static (double Low, double High) Share(long traces, long all) => BinomialInterval.Of(checked((int)Math.Min(traces, all)), checked((int)all), TracesLevel);

    // By the service's own count: a request that makes no span, as one for a static file, is no trace that was lost.
    private static bool SamplesAll(SpanLedger[] ledgers) => Array.TrueForAll(ledgers, ledger => ledger is { CreatedCount: not null, NotSampledCount: not null })
        && ledgers.Sum(ledger => ledger.NotSampledCount!.Value) <= TracesPracticalThreshold * ledgers.Sum(ledger => ledger.CreatedCount!.Value);

    // Of the arms that sample every trace, and differ in nothing else, the one with the most, which lost none.
    private static double? TracesPerRequest(Plan plan, PlannedArm arm, IReadOnlyList<LaunchRecord> launches) => plan.Arms
        .Where(other => other.Name != arm.Name && other.BackEnd is null && SdkEnvironment.PromisedShare(plan, other) == 1 && SdkEnvironment.DifferInSamplerOnly(arm, other))
        .Select(other => ArmRecords.Of(other.Name, launches).Select(record => record.Spans).ToArray())
        .Where(ledgers => ledgers.Length > 0 && ledgers.All(ledger => ledger.RootSpanCount > 0 && ledger.RequestCount > 0))
        .Max(ledgers => (double?)ledgers.Sum(ledger => ledger.RootSpanCount!.Value) / ledgers.Sum(ledger => ledger.RequestCount));

    // One reset connection among few requests is more than a small share and no fault, as for the launch set.
    private static ArmFault? Requests(Plan plan, PlannedArm arm, PlannedArm baseline, IReadOnlyList<LaunchRecord> launches)
    {
        var threshold = plan.PracticalThresholds.TryGetValue(MetricId.Errors, out var own) ? own : MetricCatalog.Get(MetricId.Errors).PracticalThreshold;
        var (failed, offered, launchSets) = Failed(arm, launches);
        var (usual, usualOf, _) = arm.Name == baseline.Name ? (0, 0, 0) : Failed(baseline, launches);
        return arm.BackEnd is null && failed > RareEvents.MostOf(threshold + (usualOf > 0 ? (double)usual / usualOf : 0), offered)
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
