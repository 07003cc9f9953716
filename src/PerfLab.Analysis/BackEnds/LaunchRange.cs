using PerfLab.Statistics.Descriptions;

namespace PerfLab.Analysis.BackEnds;

/// <summary>
/// A value in all launch sets. From six launch sets on, least and most hold the true median with a confidence of at least 95 %:
/// it lies outside only if all launch sets fall on the same side of it (sign test, 2 x 0.5^n).
/// </summary>
/// <param name="Median">The middle one.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public sealed record LaunchRange(double Median, double Least, double Most)
{
    /// <summary>Summarises values in any order; null where there is none.</summary>
    internal static LaunchRange? Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? null : new(Quantile.Median(known), known.Min(), known.Max());
    }
}
