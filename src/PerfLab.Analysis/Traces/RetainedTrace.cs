using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Traces;

/// <summary>The trace of a request, as far as it was kept.</summary>
/// <param name="Request">The request.</param>
/// <param name="Spans">Its spans.</param>
/// <param name="SeenSeconds">When the span that names the request could be seen, from the beginning of the window.</param>
/// <param name="DurationSeconds">How long that span lasted.</param>
internal sealed record RetainedTrace(ObservedRequest Request, IReadOnlyList<SampledSpan> Spans, double SeenSeconds, double DurationSeconds)
{
    /// <summary>Gets a value indicating whether a span has the status Error.</summary>
    public bool HasError { get; } = Spans.Any(span => span.IsError);

    /// <summary>Gets the services that made spans of it.</summary>
    public IReadOnlySet<string> Services { get; } = Spans.Select(span => span.Service).ToHashSet(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether it has a root and every parent.</summary>
    public bool IsWhole { get; } = IsConnected(Spans);

    private static bool IsConnected(IReadOnlyList<SampledSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Any(span => span.ParentSpanId is null) && spans.All(span => span.ParentSpanId is not { } parent || ids.Contains(parent));
    }
}

/// <summary>Finds the traces of requests among the spans that were kept.</summary>
internal static class RetainedTraceMatcher
{
    /// <summary>Finds them, by request; a request that has several (a link begins a new one) has the one that names it first.</summary>
    public static IReadOnlyDictionary<long, RetainedTrace> Find(ArmObservation arm)
    {
        var requests = arm.Requests.ToDictionary(request => request.Number);
        var traces = new Dictionary<long, RetainedTrace>();
        foreach (var spans in arm.Spans.GroupBy(span => span.TraceId))
        {
            var naming = spans.Where(span => span.Request is not null).OrderBy(span => span.StartUnixNanoseconds).ToList();
            if (naming.Count > 0 && requests.TryGetValue(naming[0].Request!.Value, out var request))
            {
                var named = naming[0];
                traces.TryAdd(request.Number, new RetainedTrace(
                    request,
                    [.. spans],
                    (named.KeptUnixNanoseconds - arm.BeginUnixNanoseconds) / 1e9,
                    (named.EndUnixNanoseconds - named.StartUnixNanoseconds) / 1e9));
            }
        }

        return traces;
    }
}
