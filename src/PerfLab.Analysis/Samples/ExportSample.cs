using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>
/// What arrived at the collector per request. The collector counts over the whole life of the processes, so the divisor is
/// the ledger's own count of requests, warm-up included.
/// </summary>
internal static class ExportSample
{
    internal static Sample Bytes(ArmRecord arm) => PerRequest(arm.Spans, arm.Spans.WireBytes);

    internal static Sample Spans(ArmRecord arm) => PerRequest(arm.Spans, arm.Spans.ReceivedCount);

    private static Sample PerRequest(SpanLedger ledger, long total) =>
        ledger.RequestCount > 0 ? Sample.Of((double)total / ledger.RequestCount) : Sample.Missing("no request was answered");
}
