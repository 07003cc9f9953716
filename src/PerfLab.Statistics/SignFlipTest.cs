namespace PerfLab.Statistics;

/// <summary>
/// The paired permutation test of Fisher (The Design of Experiments, 1935, section 21): under the null hypothesis each
/// paired difference could as well have had the other sign, so the mean is compared with its values under all 2^n sign
/// patterns. It uses the sizes that the signed-rank test replaces by ranks, and feels outliers accordingly.
/// </summary>
public static class SignFlipTest
{
    /// <summary>Up to this many values all patterns are visited: about a million.</summary>
    public const int MaxExactCount = 20;

    // Sums of the same numbers in another order differ in their last bits; patterns that equal the observed one must count.
    private const double RelativeRounding = 1e-12;

    /// <summary>Tests whether the values are symmetric about the null value.</summary>
    /// <param name="values">At least one finite value; one per independent pair.</param>
    /// <param name="nullValue">The centre under the null hypothesis.</param>
    /// <param name="draws">Patterns drawn when there are more than <see cref="MaxExactCount"/> values.</param>
    /// <param name="seed">Seed of the drawing; the same seed gives the same p-value.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static SignFlipResult Test(IReadOnlyList<double> values, double nullValue = 0, int draws = 99_999, int seed = 1)
    {
        Guard.NotEmpty(values, nameof(values));
        Guard.Finite(values, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double[] differences = [.. values.Select(value => value - nullValue)];
        var sum = differences.Sum();
        var limit = Math.Abs(sum) - (RelativeRounding * differences.Sum(Math.Abs));
        return differences.Length <= MaxExactCount
            ? Exact(differences, sum, limit)
            : Drawn(differences, sum, limit, draws, new Random(seed));
    }

    private static SignFlipResult Exact(double[] differences, double sum, double limit)
    {
        // The first sign may stay: flipping all signs gives the same magnitude, so half of the patterns say everything.
        var patterns = 1L << (differences.Length - 1);
        var extreme = 0L;
        for (var pattern = 0L; pattern < patterns; pattern++)
        {
            var total = differences[^1];
            for (var bit = 0; bit < differences.Length - 1; bit++)
            {
                total += ((pattern >> bit) & 1) == 0 ? differences[bit] : -differences[bit];
            }

            extreme += Math.Abs(total) >= limit ? 1 : 0;
        }

        return new SignFlipResult(sum / differences.Length, (double)extreme / patterns, IsExact: true, 2 * patterns);
    }

    private static SignFlipResult Drawn(double[] differences, double sum, double limit, int draws, Random random)
    {
        var extreme = 0L;
        for (var draw = 0; draw < draws; draw++)
        {
            var total = 0.0;
            foreach (var difference in differences)
            {
                total += random.Next(2) == 0 ? difference : -difference;
            }

            extreme += Math.Abs(total) >= limit ? 1 : 0;
        }

        // The observed pattern counts too, so that p is never 0 (Phipson and Smyth 2010, Statistical Applications in
        // Genetics and Molecular Biology 9, article 39).
        return new SignFlipResult(sum / differences.Length, (extreme + 1.0) / (draws + 1.0), IsExact: false, draws);
    }
}

/// <summary>The outcome of a sign-flip test.</summary>
/// <param name="Mean">Mean of the values less the null value: the statistic.</param>
/// <param name="PValue">Two-sided p-value.</param>
/// <param name="IsExact">Whether all sign patterns were visited; otherwise they were drawn.</param>
/// <param name="PatternCount">Number of patterns visited or drawn.</param>
public sealed record SignFlipResult(double Mean, double PValue, bool IsExact, long PatternCount);
