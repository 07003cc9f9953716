namespace PerfLab.Experiments.Results;

/// <summary>Spans lost in one place.</summary>
/// <param name="Place">Where.</param>
/// <param name="Count">How many.</param>
public sealed record SpanLoss(SpanLossPlace Place, long Count)
{
    /// <summary>
    /// Says where the missing spans of a ledger were lost, the best-known place first: the queue's own count; then what arrived in
    /// requests that were not taken; then exports that failed; then a process that was killed. Together they are
    /// <see cref="SpanLedger.MissingCount"/>, so the ledger always balances; what nothing explains stands under
    /// <see cref="SpanLossPlace.Unknown"/>.
    /// </summary>
    /// <param name="ledger">The ledger; without a loss where the target does not say what it sampled.</param>
    /// <param name="processes">The arm's processes and how they ended.</param>
    public static IReadOnlyList<SpanLoss> Of(SpanLedger ledger, IReadOnlyList<ProcessRecord> processes)
    {
        var left = Math.Max(0, ledger.MissingCount ?? 0);
        var losses = new List<SpanLoss>();
        Take(SpanLossPlace.Queue, ledger.DroppedCount ?? 0);
        Take(SpanLossPlace.BackEnd, ledger.RefusedCount > 0 ? ledger.RefusedCount : ledger.RefusedRequestCount > 0 ? left : 0);
        Take(SpanLossPlace.Exporter, ledger.FailedExportCount > 0 ? left : 0);
        Take(SpanLossPlace.Process, processes.Any(process => process.ExitCode is not 0) ? left : 0);
        Take(SpanLossPlace.Unknown, left);
        return losses;

        void Take(SpanLossPlace place, long most)
        {
            var count = Math.Min(left, most);
            if (count > 0)
            {
                losses.Add(new SpanLoss(place, count));
                left -= count;
            }
        }
    }

    /// <summary>Says it as a part of a sentence.</summary>
    public string Describe() => FormattableString.Invariant($"{Count:N0} {Where()}");

    /// <summary>Says what to do about it.</summary>
    public string Advise() => Place switch
    {
        SpanLossPlace.Queue => "Raise OTEL_BSP_MAX_QUEUE_SIZE, export faster, or sample less.",
        SpanLossPlace.BackEnd => "Look at what the back end answers, and let the exporter try again.",
        SpanLossPlace.Exporter => "Look whether OTEL_EXPORTER_OTLP_ENDPOINT can be reached, and let the exporter try again.",
        SpanLossPlace.Process => "Handle SIGTERM and flush the SDK before the process ends.",
        _ => "Look into the logs of the target: the SDK counted no loss, and no request was refused.",
    };

    private string Where() => Place switch
    {
        SpanLossPlace.Queue => "found no room in the SDK's queue",
        SpanLossPlace.BackEnd => "reached the back end, which did not take them",
        SpanLossPlace.Exporter => "were given up by the exporter, whose exports failed",
        SpanLossPlace.Process => "ended with a process that was killed or failed",
        _ => "were lost where nothing tells",
    };
}
