using PerfLab.Analysis.Comparisons;
using PerfLab.Statistics.SignedRanks;

namespace PerfLab.Analysis.Symptoms;

/// <summary>
/// How cost changes along something that should not matter: one slope by least squares in each launch set, then the exact
/// signed-rank interval over launch sets, as for every other number.
/// </summary>
internal static class Trend
{
    // Less than this is not worth a word: it is far below every practical threshold.
    private const double Smallest = 0.02;

    /// <summary>The relative change from the beginning to the end, where it is beyond chance and beyond 2 %; else null.</summary>
    /// <param name="launches">Costs by launch set.</param>
    /// <param name="place">Where a slice stands, 0 at the beginning and 1 at the end.</param>
    internal static Interval? Of(IReadOnlyList<SliceCosts> launches, Func<SliceCost, double> place)
    {
        double[] slopes = [.. launches.Select(launch => Slope(launch.All, place)).OfType<double>()];
        return SignedRankInterval.Of(slopes, RunConfidence.Level) is { } estimate
            && (estimate.Low > 0 || estimate.High < 0)
            && Math.Abs(Math.Exp(estimate.Value) - 1) >= Smallest
                ? new Interval(Math.Exp(estimate.Value) - 1, Math.Exp(estimate.Low) - 1, Math.Exp(estimate.High) - 1, estimate.ConfidenceLevel)
                : null;
    }

    private static double? Slope(IReadOnlyList<SliceCost> costs, Func<SliceCost, double> place)
    {
        var meanX = costs.Average(place);
        var meanY = costs.Average(cost => cost.LogRatio);
        var spread = costs.Sum(cost => (place(cost) - meanX) * (place(cost) - meanX));
        return spread > 0 ? costs.Sum(cost => (place(cost) - meanX) * (cost.LogRatio - meanY)) / spread : null;
    }
}
