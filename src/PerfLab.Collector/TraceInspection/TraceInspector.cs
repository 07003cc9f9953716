using PerfLab.Collector.Capture;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.PersonalData;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TraceInspection;

/// <summary>Looks at kept exports when nothing is measured any more: personal data, who calls whom, and the slowest request.</summary>
public static class TraceInspector
{
    /// <summary>Looks at all of them.</summary>
    /// <param name="kept">What was kept of an arm.</param>
    /// <param name="isDropped">Tells by its id whether tail sampling dropped a trace: such a one arrived, and nobody could look at it.</param>
    /// <param name="patterns">Kinds of personal data beyond mail addresses, card numbers and bearer tokens.</param>
    public static TraceSummary Inspect(CapturedExports kept, Predicate<UInt128> isDropped, IReadOnlyList<PersonalDataRegex> patterns)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(isDropped);
        ArgumentNullException.ThrowIfNull(patterns);
        var texts = new PersonalDataDetector(patterns);
        var personal = new PersonalDataCounter(texts);
        var spans = new List<SpanRecord>();
        var count = 0L;
        foreach (var export in kept.Exports)
        {
            var gatherer = new SpanCollector(spans, personal);
            SpanWalker.Visit(export.Payload.Span, ref gatherer);
            count += SpanWalker.Count(export.Payload.Span);
        }

        return new TraceSummary
        {
            SpanCount = count,
            MissedExportCount = kept.MissedCount,
            PersonalData = personal.Read(),
            PersonalDataElsewhereCount = personal.ElsewhereCount,
            Edges = ServiceMap.Build(spans, texts),
            Slowest = SlowestTrace.Find([.. spans.Where(span => !isDropped(span.TraceId))], texts),
        };
    }
}
