using PerfLab.Collector.Accounting;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Sets what the target says of its spans beside what arrived.</summary>
internal static class SpanLedgerBuilder
{
    // Values of the attribute otel.span.sampling_result in the OpenTelemetry semantic conventions for SDK metrics.
    private const string Dropped = "DROP";
    private const string Sampled = "RECORD_AND_SAMPLE";

    /// <summary>
    /// Makes the ledger of an arm. The target's count is of the last reading before its processes are asked to end; what arrived is
    /// read after they flushed and ended.
    /// </summary>
    public static SpanLedger Balance(RunningArm arm, ArmTelemetryCounts tally)
    {
        var started = arm.SpansStarted ?? arm.Window.Closing?.SpansStarted;
        return new SpanLedger
        {
            RequestCount = arm.AnsweredCount,
            CreatedCount = started?.Values.Sum(),
            NotSampledCount = started?.GetValueOrDefault(Dropped),
            SampledCount = SampledOf(started),
            ReceivedCount = tally.SpanCount,
            RefusedCount = tally.RefusedSpanCount ?? 0,
            RefusedRequestCount = tally.RefusedRequestCount,
            ExportRequestCount = tally.ExportRequestCount,
            ExportsWithoutSpansCount = tally.ExportsWithoutSpansCount,
            OtherSignalExportCount = tally.OtherSignalRequestCount,
            RejectedExports = tally.RejectedExports,
            WireBytes = tally.WireBytes,
            DecodedBytes = tally.DecodedBytes,
            DuplicateCount = tally.DuplicateSpanCount,
            RootSpanCount = tally.RootSpanCount,
            LateCount = tally.LateSpanCount,
            DroppedCount = Sum(arm, counts => counts.DroppedSpans),
            FailedExportCount = Sum(arm, counts => counts.FailedExports),
            ReceivedByService = tally.SpansByService,
        };
    }

    /// <summary>Gets the spans that were sampled, of spans started by sampling result; null where they were not counted.</summary>
    public static long? SampledOf(IReadOnlyDictionary<string, long>? started) => started?.GetValueOrDefault(Sampled);

    // What one process of the arm did not say is not 0 in the sum.
    private static long? Sum(RunningArm arm, Func<ProbeExitReport, long> count) =>
        arm.Processes.All(process => process.ProbeExitReport is not null) ? arm.Processes.Sum(process => count(process.ProbeExitReport!)) : null;
}
