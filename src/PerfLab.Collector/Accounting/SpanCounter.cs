using PerfLab.Collector.Traces;

namespace PerfLab.Collector.Accounting;

/// <summary>Counts the spans of one request, and tells those without valid ids and those that came before apart.</summary>
internal struct SpanCounter(TraceCardinality traces, RecentSpanIds recent, ServiceCounts services) : ISpanVisitor
{
    private string? service;
    private long ofService;

    /// <summary>Gets spans that are taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Gets spans that are rejected because their ids are invalid.</summary>
    public long Rejected { get; private set; }

    /// <summary>Gets spans among those taken that came before.</summary>
    public long Duplicates { get; private set; }

    /// <inheritdoc/>
    public void EnterResource(ResourceView resource)
    {
        Close();
        service = services.NameOf(resource.ServiceName);
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
        ofService++;
        traces.Add(span.TraceId);
        Duplicates += recent.AddOrRecognise(span.SpanId) ? 1 : 0;
    }

    /// <summary>Enters what was counted of the last service.</summary>
    public void Close()
    {
        if (service is not null && ofService > 0)
        {
            services.Add(service, ofService);
        }

        ofService = 0;
    }
}
