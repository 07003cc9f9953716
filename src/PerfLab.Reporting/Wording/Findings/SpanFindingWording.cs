using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Wording.Findings;

/// <summary>Findings about spans: lost, surplus, late, forwarded, or with personal data in them.</summary>
internal static class SpanFindingWording
{
    // As many names as a sentence bears.
    private const int ShownPlaces = 4;

    // What a back end wrote is a clue and not a document.
    private const int ShownRefusals = 5;
    private const int LongestReason = 200;

    public static FindingText? Of(FindingDetails details) => details switch
    {
        SpansLost lost => new(
            $"{DisplayText.Count(lost.SampledCount)} spans were sampled, {DisplayText.Count(lost.Losses.Sum(loss => loss.Count))} never arrived: {string.Join("; ", lost.Losses.Select(SpanLossWording.Of))}.",
            string.Join(" ", lost.Losses.Select(loss => SpanLossWording.Advice(loss.Place)))),
        SpansSurplus surplus => new(
            $"{DisplayText.Count(surplus.SampledCount)} spans were sampled, {DisplayText.Count(surplus.SurplusCount)} more arrived.",
            SpanLossWording.SurplusAdvice),
        SpansDuplicated duplicated => new(
            $"{DisplayText.Counted(duplicated.Count, "span")} arrived more than once.",
            "An exporter retries where the response to an export was late or lost: check its timeout."),
        SpansLate late => new(
            $"{DisplayText.Counted(late.Count, "span")} arrived after the ledger of this arm was closed; no figure counts them.",
            "A process of the target outlives its stop, or something between it and the collector holds spans back."),
        TailWithoutRoom tail => new(
            $"Tail sampling ran out of room: {DisplayText.Counted(tail.CutShortTraceCount, "trace")} {(tail.CutShortTraceCount == 1 ? "was" : "were")} decided early, and {DisplayText.Count(tail.DroppedTraceCount)} of them dropped.",
            "Raise max_traces and max_bytes of the variant's tail, or shorten its wait."),
        SpansForwarded forwarded => new(
            $"The collector forwarded spans, on the load generator's cores. Since the run began the other end took {DisplayText.Count(forwarded.SentCount)} spans and rejected {DisplayText.Count(forwarded.RefusedCount)}; {DisplayText.Count(forwarded.NoRoomCount)} were lost because the queue was full, and {DisplayText.Count(forwarded.WaitingCount)} are still queued.{string.Concat(forwarded.Refusals.Take(ShownRefusals).Select(Of))}",
            "Do not forward in a run whose numbers matter: it takes CPU from the load generator. Spans lost behind the collector are not lost by the arms."),
        PersonalDataFound personal => Of(personal),
        _ => null,
    };

    private static string Of(RefusedSpans refused) =>
        $" {refused.Address}: {DisplayText.Count(refused.SpanCount)} refused with {(refused.Reason.Length > LongestReason ? refused.Reason[..LongestReason] + "..." : refused.Reason)}.";

    private static FindingText Of(PersonalDataFound found)
    {
        var kinds = found.Places
            .GroupBy(place => place.Kind, StringComparer.Ordinal)
            .Select(kind => $"{kind.Key} {DisplayText.Counted(kind.Sum(place => place.Count), "time")}");
        var places = found.Places
            .Select(place => place.Key.Length > 0 ? place.Key : place.Part)
            .Distinct(StringComparer.Ordinal)
            .Take(ShownPlaces);
        return new FindingText(
            $"In {DisplayText.Counted(found.SpanCount, "exported span")}: {string.Join(", ", kinds)}; in {string.Join(", ", places)}.",
            "Anyone who may read traces may read this. Do not record it, or remove it before it is exported.");
    }
}
