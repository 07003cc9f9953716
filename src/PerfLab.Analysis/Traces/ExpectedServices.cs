namespace PerfLab.Analysis.Traces;

/// <summary>Which services a complete trace has spans of, by kind of request: one that fails early reaches fewer.</summary>
internal sealed class ExpectedServices
{
    // What more than half of the traces have belongs to the kind; what fewer have depends on the single request.
    private const double Most = 0.5;

    private readonly IReadOnlyList<string> _named;
    private readonly Dictionary<string, List<string>> _byKind = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="ExpectedServices"/> class.</summary>
    /// <param name="named">Those that the scenario names; empty where the traces shall say.</param>
    /// <param name="arms">The kept traces of each arm.</param>
    public ExpectedServices(IReadOnlyList<string> named, IEnumerable<IReadOnlyDictionary<long, RetainedTrace>> arms)
    {
        _named = named;
        var fullest = arms.MaxBy(arm => arm.Count);
        foreach (var kind in (fullest?.Values ?? []).GroupBy(trace => trace.Request.Kind, StringComparer.Ordinal))
        {
            var count = kind.Count();
            _byKind[kind.Key] = [.. kind
                .SelectMany(trace => trace.Services)
                .GroupBy(service => service, StringComparer.Ordinal)
                .Where(service => service.Count() > Most * count)
                .Select(service => service.Key)];
        }
    }

    /// <summary>Says whether a trace has spans of all of them.</summary>
    public bool AreIn(RetainedTrace trace) =>
        (_named.Count > 0 ? _named : _byKind.GetValueOrDefault(trace.Request.Kind) ?? []).All(trace.Services.Contains);
}
