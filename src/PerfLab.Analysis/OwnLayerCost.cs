using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>What a layer adds to the one that it stands on.</summary>
/// <param name="Layer">The layer as measured.</param>
/// <param name="Nanoseconds">CPU time per unit that it adds; null where nothing was measured.</param>
/// <param name="AllocatedBytes">Managed bytes per unit that it adds.</param>
public sealed record OwnLayerCost(LayerCost Layer, LayerInterval? Nanoseconds, double AllocatedBytes)
{
    /// <summary>Gets the time per unit that it adds with cold caches; null where one of the two was not measured so.</summary>
    public LayerInterval? ColdNanoseconds { get; init; }

    /// <summary>Takes from each layer what the one below it costs.</summary>
    /// <param name="record">The measured layers.</param>
    public static IReadOnlyList<OwnLayerCost> Of(MicroBenchmarkRecord record)
    {
        var layers = record.Layers.ToDictionary(layer => layer.Layer, StringComparer.Ordinal);
        return [.. record.Layers.Select(layer => layer.Over is { } over && layers.TryGetValue(over, out var below)
            ? new OwnLayerCost(layer, Difference(layer.NanosecondsPerUnit, below.NanosecondsPerUnit), layer.AllocatedBytesPerUnit - below.AllocatedBytesPerUnit)
            {
                ColdNanoseconds = Difference(layer.ColdNanosecondsPerUnit, below.ColdNanosecondsPerUnit),
            }
            : new OwnLayerCost(layer, layer.NanosecondsPerUnit, layer.AllocatedBytesPerUnit) { ColdNanoseconds = layer.ColdNanosecondsPerUnit })];
    }

    private static LayerInterval? Difference(LayerInterval? above, LayerInterval? below) =>
        above is null || below is null ? null : IndependentSum.Of((1, above), (-1, below));
}

/// <summary>Sums of independent means, each with its interval.</summary>
internal static class IndependentSum
{
    /// <summary>
    /// Adds multiples of means. Variances of independent means add up, so the half-widths of their intervals are added in
    /// quadrature, on each side for itself; a negative factor exchanges the sides.
    /// </summary>
    /// <param name="terms">Factor and mean of each.</param>
    public static LayerInterval Of(params IReadOnlyCollection<(double Factor, LayerInterval Value)> terms)
    {
        var mean = terms.Sum(term => term.Factor * term.Value.Mean);
        return new LayerInterval(
            mean,
            mean - Math.Sqrt(terms.Sum(term => Square(term.Factor * (term.Factor >= 0 ? term.Value.Mean - term.Value.Low : term.Value.High - term.Value.Mean)))),
            mean + Math.Sqrt(terms.Sum(term => Square(term.Factor * (term.Factor >= 0 ? term.Value.High - term.Value.Mean : term.Value.Mean - term.Value.Low)))));
    }

    /// <summary>
    /// Divides one by another, to first order: the relative half-widths are added in quadrature. Null where the divisor's
    /// interval contains 0, so that the quotient could be anything.
    /// </summary>
    public static LayerInterval? Quotient(LayerInterval above, LayerInterval below)
    {
        if (below.Low <= 0 || above.Mean <= 0)
        {
            return null;
        }

        var ratio = above.Mean / below.Mean;
        return new LayerInterval(
            ratio,
            ratio * (1 - Math.Sqrt(Square((above.Mean - above.Low) / above.Mean) + Square((below.High - below.Mean) / below.Mean))),
            ratio * (1 + Math.Sqrt(Square((above.High - above.Mean) / above.Mean) + Square((below.Mean - below.Low) / below.Mean))));
    }

    private static double Square(double value) => value * value;
}
