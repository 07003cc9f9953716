namespace PerfLab.Runner.Visibility;

/// <summary>Finds the traces of requests among the spans that were kept.</summary>
internal static class KeptTraces
{
    /// <summary>Finds them, by request; a request that has several (a link begins a new one) has the one that names it first.</summary>
    public static IReadOnlyDictionary<long, KeptTrace> Find(ArmObservation arm)
    {
        var requests = arm.Requests.ToDictionary(request => request.Number);
        var traces = new Dictionary<long, KeptTrace>();
        foreach (var spans in arm.Spans.GroupBy(span => span.TraceId))
        {
            var naming = spans.Where(span => span.Request is not null).OrderBy(span => span.StartUnixNanoseconds).ToList();
            if (naming.Count > 0 && requests.TryGetValue(naming[0].Request!.Value, out var request))
            {
                var named = naming[0];
                traces.TryAdd(request.Number, new KeptTrace(
                    request,
                    [.. spans],
                    (named.KeptUnixNanoseconds - arm.BeginUnixNanoseconds) / 1e9,
                    (named.EndUnixNanoseconds - named.StartUnixNanoseconds) / 1e9));
            }
        }

        return traces;
    }
}
