using PerfLab.Experiments.Results;
using PerfLab.Statistics;

namespace PerfLab.Analysis.Predictions;

/// <summary>What the layers of the micro benchmarks say of a driver, where the runs cannot tell it from the others.</summary>
/// <param name="layers">The layers; null where there are none.</param>
internal sealed class DriverLayers(MicroBenchmarkRecord? layers)
{
    // A layer costs up to half as much again in a service, whose caches it shares, or half as much: two standard deviations.
    private const double ErrorRatio = 0.25;

    // The interval of a layer is one of 95 %.
    private const double DeviationsOfInterval = 1.96;

    private readonly Dictionary<string, OwnLayerCost> _own = layers is null
        ? []
        : OwnLayerCost.Of(layers).Where(layer => layer.Nanoseconds is not null).ToDictionary(layer => layer.Layer.Layer, StringComparer.Ordinal);

    /// <summary>Gets CPU seconds of one unit; null where the layers do not tell.</summary>
    public KnownEffect? Seconds(CostDriver driver) => Sum(Terms(driver), layer => (layer.Nanoseconds!.Mean / 1e9, (layer.Nanoseconds.High - layer.Nanoseconds.Low) / 2 / DeviationsOfInterval / 1e9));

    /// <summary>Gets managed bytes of one unit; null where the layers do not tell.</summary>
    public KnownEffect? Bytes(CostDriver driver) => Sum(Terms(driver), layer => (layer.AllocatedBytes, 0));

    private static (double Units, string Layer)[] Terms(CostDriver driver) => driver switch
    {
        CostDriver.NotSampledSpan => [(1, "not-recorded/child")],
        CostDriver.RecordedSpan => [(1, "recorded/child")],
        CostDriver.ExportedSpan => [(1, "batch-processor"), (1, "serialize/5-attributes"), (1, "export/http")],
        CostDriver.BoundarySpan => [(0.5, "aspnetcore/called-recorded"), (0.5, "httpclient/recorded"), (-1, "recorded/child")],
        CostDriver.Attribute => [(1.0 / 5, "attributes/string-5"), (1.0 / 15, "serialize/20-attributes"), (-1.0 / 15, "serialize/5-attributes")],
        CostDriver.Event => [(2.0 / 3, "event"), (1.0 / 3, "event/3-attributes")],
        _ => [],
    };

    private KnownEffect? Sum((double Units, string Layer)[] terms, Func<OwnLayerCost, (double Value, double Error)> cost)
    {
        if (terms.Length == 0 || !terms.All(term => _own.ContainsKey(term.Layer)))
        {
            return null;
        }

        var each = terms.Select(term => (term.Units, Cost: cost(_own[term.Layer]))).ToArray();
        var value = Math.Max(0, each.Sum(term => term.Units * term.Cost.Value));
        var error = Math.Sqrt(Math.Pow(ErrorRatio * value, 2) + each.Sum(term => Math.Pow(term.Units * term.Cost.Error, 2)));
        return error > 0 ? new KnownEffect(value, error) : null;
    }
}
