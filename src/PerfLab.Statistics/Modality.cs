namespace PerfLab.Statistics;

/// <summary>
/// Describes whether values lie in one heap or several, by the tops of a Gaussian kernel density with Silverman's
/// bandwidth 0.9 min(s, IQR / 1.34) n^(-1/5) (Silverman 1986, Density Estimation, equation 3.31). A description, not a test:
/// two heaps count when the valley between them is clearly lower than both. Of unimodal normal samples of 20 to 100 values
/// at most 5 % are described as several; two equal heaps 6 standard deviations apart are found nearly always from 50 values on
/// (the tests repeat both).
/// </summary>
public static class Modality
{
    /// <summary>Below this number a density says nothing, and one heap is assumed.</summary>
    public const int SmallestCount = 20;

    private const int GridPoints = 256;

    // A valley must fall below this share of the lower of its two tops.
    private const double ValleyShare = 0.6;

    // A top below this share of the highest is a straggler, to be named as an outlier and not as a heap.
    private const double PeakShare = 0.2;

    /// <summary>Describes the values.</summary>
    /// <param name="values">At least one finite value, in any order.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static ModalityDescription Describe(IReadOnlyList<double> values)
    {
        var median = Quantile.Median(values);
        var spread = Math.Min(
            Spread.StandardDeviation(values) ?? 0,
            (Quantile.Of(values, 0.75) - Quantile.Of(values, 0.25)) / 1.34);
        var bandwidth = 0.9 * spread * Math.Pow(values.Count, -0.2);
        if (values.Count < SmallestCount || bandwidth <= 0)
        {
            return new ModalityDescription([median], bandwidth);
        }

        var low = values.Min();
        var step = (values.Max() - low) / (GridPoints - 1);
        double[] density = [.. Enumerable.Range(0, GridPoints).Select(i => Density(values, low + (i * step), bandwidth))];
        return new ModalityDescription([.. Peaks(density).Select(top => low + (top * step))], bandwidth);
    }

    private static double Density(IReadOnlyList<double> values, double place, double bandwidth) =>
        values.Sum(value => Math.Exp(-0.5 * (place - value) * (place - value) / (bandwidth * bandwidth)));

    /// <summary>Places of the highest points that are kept apart by valleys; scanned from the left.</summary>
    private static List<int> Peaks(double[] density)
    {
        var floor = PeakShare * density.Max();
        var tops = new List<int>();
        var valley = double.PositiveInfinity;
        for (var i = 0; i < density.Length; i++)
        {
            valley = Math.Min(valley, density[i]);
            if (density[i] < floor)
            {
                continue;
            }

            if (tops.Count == 0 || (valley < ValleyShare * density[tops[^1]] && valley < ValleyShare * density[i]))
            {
                tops.Add(i);
                valley = density[i];
            }
            else if (density[i] > density[tops[^1]])
            {
                tops[^1] = i;
                valley = density[i];
            }
        }

        return tops;
    }
}

/// <summary>How many heaps values lie in.</summary>
/// <param name="Modes">Places of the heaps' tops, ascending; at least one.</param>
/// <param name="Bandwidth">Smoothing behind the description, in the values' unit; 0 when most values are equal.</param>
public sealed record ModalityDescription(IReadOnlyList<double> Modes, double Bandwidth)
{
    /// <summary>Gets a value indicating whether one centre describes the values.</summary>
    public bool IsUnimodal => Modes.Count == 1;
}
