using MathNet.Numerics.Distributions;

namespace PerfLab.Statistics;

/// <summary>
/// A ratio of two sums over blocks of time, with its interval by the variance of a ratio estimator (W. G. Cochran, "Sampling
/// Techniques", 3rd edition (1977), section 2.11) and Student's t. What happens within a block may depend on each other as it
/// likes; blocks are taken as independent.
/// </summary>
public static class BlockRatio
{
    /// <summary>The fewest blocks that have an interval.</summary>
    public const int FewestBlocks = 2;

    /// <summary>Divides the sum of all parts by the sum of all wholes.</summary>
    /// <param name="blocks">Part and whole of each; at least <see cref="FewestBlocks"/>, and not all wholes 0.</param>
    /// <param name="level">Confidence level; 0.95 by default.</param>
    /// <returns>The ratio and its bounds, which may lie outside of what a ratio can be.</returns>
    /// <exception cref="ArgumentException">There are too few blocks, a number is not finite, or the wholes add up to nothing.</exception>
    public static (double Value, double Low, double High) Of(IReadOnlyList<(double Part, double Whole)> blocks, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks.Count, FewestBlocks, nameof(blocks));
        Guard.Finite([.. blocks.SelectMany(block => new[] { block.Part, block.Whole })], nameof(blocks));
        Guard.Probability(level, nameof(level));
        var whole = blocks.Sum(block => block.Whole);
        if (whole <= 0)
        {
            throw new ArgumentException("The wholes of all blocks add up to nothing. Leave the ratio out.", nameof(blocks));
        }

        var ratio = blocks.Sum(block => block.Part) / whole;
        var variance = blocks.Sum(block => Math.Pow(block.Part - (ratio * block.Whole), 2)) / (blocks.Count - 1);
        var half = StudentT.InvCDF(0, 1, blocks.Count - 1, (1 + level) / 2) * Math.Sqrt(blocks.Count * variance) / whole;
        return (ratio, ratio - half, ratio + half);
    }
}
