namespace PerfLab.Collector.Payloads;

/// <summary>Leads a visitor through the spans of a trace export.</summary>
internal static class SpanWalker
{
    private const int ResourceSpansField = 1;
    private const int ResourceField = 1;
    private const int ScopeSpansField = 2;
    private const int SpansField = 2;

    /// <summary>Visits every span in the order of the wire.</summary>
    /// <typeparam name="TVisitor">A struct, so that the calls are bound when compiled.</typeparam>
    /// <param name="request">An ExportTraceServiceRequest that passed <see cref="PayloadValidator"/>.</param>
    /// <param name="visitor">Who looks.</param>
    public static void Visit<TVisitor>(ReadOnlySpan<byte> request, ref TVisitor visitor)
        where TVisitor : struct, ISpanVisitor, allows ref struct
    {
        foreach (var resourceSpans in new NestedMessages(request, ResourceSpansField))
        {
            visitor.EnterResource(new ResourceView(FindResource(resourceSpans)));
            foreach (var scopeSpans in new NestedMessages(resourceSpans, ScopeSpansField))
            {
                foreach (var span in new NestedMessages(scopeSpans, SpansField))
                {
                    visitor.Visit(new SpanView(span));
                }
            }
        }
    }

    /// <summary>Counts the spans without reading them.</summary>
    /// <param name="request">An ExportTraceServiceRequest that passed <see cref="PayloadValidator"/>.</param>
    public static long Count(ReadOnlySpan<byte> request)
    {
        var count = 0L;
        foreach (var resourceSpans in new NestedMessages(request, ResourceSpansField))
        {
            foreach (var scopeSpans in new NestedMessages(resourceSpans, ScopeSpansField))
            {
                foreach (var unused in new NestedMessages(scopeSpans, SpansField))
                {
                    count++;
                }
            }
        }

        return count;
    }

    // Fields may come in any order, so the resource is looked for before the spans are visited.
    private static ReadOnlySpan<byte> FindResource(ReadOnlySpan<byte> resourceSpans)
    {
        foreach (var resource in new NestedMessages(resourceSpans, ResourceField))
        {
            return resource;
        }

        return default;
    }
}

/// <summary>Looks at the spans of a request as they lie in the payload. What it wants to keep it copies.</summary>
internal interface ISpanVisitor
{
    /// <summary>Says who made the spans that follow.</summary>
    void EnterResource(ResourceView resource);

    /// <summary>Looks at one span.</summary>
    void Visit(SpanView span);
}
