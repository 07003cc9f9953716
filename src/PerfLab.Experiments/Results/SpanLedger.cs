using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

/// <summary>
/// What became of an arm's spans, over the whole life of its processes: created = not sampled + sampled,
/// sampled = dropped by the SDK + exported, exported = received. Null is not measured.
/// </summary>
public sealed record SpanLedger
{
    /// <summary>Gets all requests that the arm answered, warm-up included: the divisor of the per-request figures.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Gets spans that the target says it started, by its <c>otel.sdk.span.started</c> instrument.</summary>
    public required long? CreatedCount { get; init; }

    /// <summary>Gets spans among them that the sampler left out.</summary>
    public required long? NotSampledCount { get; init; }

    /// <summary>Gets spans among them that were sampled: what the collector should receive.</summary>
    public required long? SampledCount { get; init; }

    /// <summary>Gets spans that arrived.</summary>
    public required long ReceivedCount { get; init; }

    /// <summary>Gets spans that arrived in requests which the collector refused.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Gets export requests that the collector refused as a whole; the spans of those that it could not read are in no count.</summary>
    public long RefusedRequestCount { get; init; }

    /// <summary>Gets export requests that were taken and held no span at all.</summary>
    public long ExportsWithoutSpansCount { get; init; }

    /// <summary>Gets exports of metrics and logs that were taken; 0 in runs of earlier versions.</summary>
    public long OtherSignalExportCount { get; init; }

    /// <summary>Gets the exports that reached the collector and were not taken, by status, reason and path; metrics and logs included.</summary>
    public IReadOnlyList<RejectedExport> RejectedExports { get; init; } = [];

    /// <summary>Gets export requests.</summary>
    public required long ExportRequestCount { get; init; }

    /// <summary>Gets bytes of the export requests' bodies as sent, compressed if so.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Gets the same bytes after decompression.</summary>
    public required long DecodedBytes { get; init; }

    /// <summary>Gets spans among those that arrived whose id had arrived before: sent again after an answer that was lost or refused.</summary>
    public long DuplicateCount { get; init; }

    /// <summary>Gets spans among those that arrived that have no parent, each once: one for each trace; null in runs of earlier versions.</summary>
    public long? RootSpanCount { get; init; }

    /// <summary>Gets spans that arrived when the account was closed already, the launch set before included; they are in no other figure.</summary>
    public long LateCount { get; init; }

    /// <summary>Gets spans that found no room in the SDK's queue, as the SDK says when it is shut down.</summary>
    public long? DroppedCount { get; init; }

    /// <summary>Gets the warnings and errors that the SDK's exporters raised: one or more for each export that failed.</summary>
    public long? FailedExportCount { get; init; }

    /// <summary>Gets the spans that arrived by the name of their service.</summary>
    public IReadOnlyDictionary<string, long> ReceivedByService { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Gets spans that arrived, each once.</summary>
    [JsonIgnore]
    public long DistinctCount => ReceivedCount - DuplicateCount;

    /// <summary>Gets sampled spans that never arrived; below 0 where more arrived than were sampled.</summary>
    [JsonIgnore]
    public long? MissingCount => SampledCount - DistinctCount;
}

/// <summary>Spans lost in one place.</summary>
/// <param name="Place">Where.</param>
/// <param name="Count">How many.</param>
public sealed record SpanLoss(SpanLossLocation Place, long Count)
{
    /// <summary>
    /// Says where the missing spans of a ledger were lost, the best-known place first: the queue's own count; then what arrived in
    /// requests that were not taken; then exports that failed; then a process that was killed. Together they are
    /// <see cref="SpanLedger.MissingCount"/>, so the ledger always balances; what nothing explains stands under
    /// <see cref="SpanLossLocation.Unknown"/>.
    /// </summary>
    /// <param name="ledger">The ledger; without a loss where the target does not say what it sampled.</param>
    /// <param name="processes">The arm's processes and how they ended.</param>
    public static IReadOnlyList<SpanLoss> Of(SpanLedger ledger, IReadOnlyList<ProcessRecord> processes)
    {
        var left = Math.Max(0, ledger.MissingCount ?? 0);
        var losses = new List<SpanLoss>();
        Take(SpanLossLocation.Queue, ledger.DroppedCount ?? 0);
        Take(SpanLossLocation.BackEnd, ledger.RefusedCount > 0 ? ledger.RefusedCount : ledger.RefusedRequestCount > 0 ? left : 0);
        Take(SpanLossLocation.Exporter, ledger.FailedExportCount > 0 ? left : 0);
        Take(SpanLossLocation.Process, processes.Any(process => process.ExitCode is not 0) ? left : 0);
        Take(SpanLossLocation.Unknown, left);
        return losses;

        void Take(SpanLossLocation place, long most)
        {
            var count = Math.Min(left, most);
            if (count > 0)
            {
                losses.Add(new SpanLoss(place, count));
                left -= count;
            }
        }
    }
}

/// <summary>Where spans were lost on their way from the sampler to the collector.</summary>
public enum SpanLossLocation
{
    /// <summary>Nothing says where.</summary>
    Unknown = 0,

    /// <summary>The SDK's queue was full.</summary>
    Queue = 1,

    /// <summary>The back end got them and did not take them: it refused, broke off or never answered.</summary>
    BackEnd = 2,

    /// <summary>The exporter gave them up: it did not reach the back end.</summary>
    Exporter = 3,

    /// <summary>Their process ended before it could export them.</summary>
    Process = 4,
}
