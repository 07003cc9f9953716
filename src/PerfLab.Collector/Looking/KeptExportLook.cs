using PerfLab.Collector.Keeping;
using PerfLab.Collector.Personal;
using PerfLab.Collector.Traces;
using PerfLab.Experiments.Results.Traces;

namespace PerfLab.Collector.Looking;

/// <summary>Looks at kept exports when nothing is measured any more: personal data, who calls whom, and the slowest request.</summary>
public static class KeptExportLook
{
    /// <summary>Looks at all of them.</summary>
    /// <param name="kept">What was kept of an arm.</param>
    /// <param name="isDropped">Tells by its id whether tail sampling dropped a trace: such a one arrived, and nobody could look at it.</param>
    /// <param name="patterns">Kinds of personal data beyond mail addresses, card numbers and bearer tokens.</param>
    public static TraceLook At(KeptExports kept, Predicate<UInt128> isDropped, IReadOnlyList<PersonalPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(isDropped);
        ArgumentNullException.ThrowIfNull(patterns);
        var texts = new PersonalText(patterns);
        var personal = new PersonalPlaces(texts);
        var spans = new List<SeenSpan>();
        var count = 0L;
        foreach (var export in kept.Exports)
        {
            var gatherer = new SpanGatherer(spans, personal);
            SpanWalk.Visit(export.Payload.Span, ref gatherer);
            count += SpanWalk.Count(export.Payload.Span);
        }

        return new TraceLook
        {
            SpanCount = count,
            MissedExportCount = kept.MissedCount,
            PersonalData = personal.Read(),
            PersonalDataElsewhereCount = personal.ElsewhereCount,
            Edges = ServiceMap.Of(spans, texts),
            Slowest = SlowestTrace.Of([.. spans.Where(span => !isDropped(span.TraceId))], texts),
        };
    }
}
