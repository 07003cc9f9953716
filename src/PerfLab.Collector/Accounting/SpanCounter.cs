using PerfLab.Collector.Traces;

namespace PerfLab.Collector.Accounting;

/// <summary>Counts the spans of one request, and tells those without valid ids apart.</summary>
internal struct SpanCounter(TraceCardinality traces) : ISpanVisitor
{
    /// <summary>Gets spans that are taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Gets spans that are rejected because their ids are invalid.</summary>
    public long Rejected { get; private set; }

    /// <inheritdoc/>
    public readonly void EnterResource(ResourceView resource)
    {
    }

    /// <inheritdoc/>
    public void Visit(SpanView span)
    {
        if (!span.HasValidIds)
        {
            Rejected++;
            return;
        }

        Accepted++;
        traces.Add(span.TraceId);
    }
}
