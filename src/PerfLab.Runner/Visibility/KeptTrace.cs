using PerfLab.Collector.Visibility;

namespace PerfLab.Runner.Visibility;

/// <summary>The trace of a request, as far as it was kept.</summary>
/// <param name="Request">The request.</param>
/// <param name="Spans">Its spans.</param>
/// <param name="SeenSeconds">When the span that names the request could be seen, from the beginning of the window.</param>
/// <param name="DurationSeconds">How long that span lasted.</param>
internal sealed record KeptTrace(SeenRequest Request, IReadOnlyList<KeptSpan> Spans, double SeenSeconds, double DurationSeconds)
{
    /// <summary>Gets a value indicating whether a span has the status Error.</summary>
    public bool HasError { get; } = Spans.Any(span => span.IsError);

    /// <summary>Gets the services that made spans of it.</summary>
    public IReadOnlySet<string> Services { get; } = Spans.Select(span => span.Service).ToHashSet(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether it has a root and every parent.</summary>
    public bool IsWhole { get; } = IsConnected(Spans);

    private static bool IsConnected(IReadOnlyList<KeptSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Any(span => span.ParentSpanId is null) && spans.All(span => span.ParentSpanId is not { } parent || ids.Contains(parent));
    }
}
