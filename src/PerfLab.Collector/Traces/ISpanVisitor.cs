namespace PerfLab.Collector.Traces;

/// <summary>Looks at the spans of a request as they lie in the payload. What it wants to keep it copies.</summary>
internal interface ISpanVisitor
{
    /// <summary>Says who made the spans that follow.</summary>
    void EnterResource(ResourceView resource);

    /// <summary>Looks at one span.</summary>
    void Visit(SpanView span);
}
