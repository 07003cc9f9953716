using MathNet.Numerics.Distributions;

namespace PerfLab.Statistics;

/// <summary>
/// What the two-sided exact signed-rank test can find, for normally distributed values. Student's formula for the mean,
/// (t[1 - alpha/2] + t[power]) s / sqrt(n) with n - 1 degrees of freedom, is stretched by sqrt(pi / 3), because under the
/// normal distribution the signed-rank test has 3/pi of the t test's efficiency (Hodges and Lehmann 1956, Annals of
/// Mathematical Statistics 27, 324-335), and alpha is the level that the exact test really has at this n. Where only the
/// most extreme result rejects (n = 6 at 95 %) the power is exactly P(all values on one side), and that is used.
/// Against simulation the detectable effect is right within 2 % from n = 6 to 60; the tests repeat this.
/// </summary>
public static class SignedRankPower
{
    private static readonly double RankStretch = Math.Sqrt(Math.PI / 3);

    /// <summary>The smallest true shift that the test finds with the given power.</summary>
    /// <param name="count">Number of values, up to 1,000.</param>
    /// <param name="standardDeviation">Spread of the values, in their unit; 0 or more.</param>
    /// <param name="level">Confidence level of the test; 0.95 is a two-sided test at 5 %.</param>
    /// <param name="power">Probability of finding it; 0.8 by default.</param>
    /// <returns>The shift in the values' unit, or null when this many values can never be significant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Count or deviation is negative, the count above 1,000, or a probability outside 0 to 1.</exception>
    public static double? DetectableEffect(int count, double standardDeviation, double level = 0.95, double power = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        Guard.Probability(level, nameof(level));
        Guard.Probability(power, nameof(power));
        var distribution = SignedRankDistribution.Untied(count);
        return distribution.LowerCriticalValue((1 - level) / 2) switch
        {
            null => null,
            0 => standardDeviation * Normal.InvCDF(0, 1, Math.Pow(power, 1.0 / count)),
            { } critical => standardDeviation * ByStudent(count, distribution.AtMost(critical), power),
        };
    }

    /// <summary>The smallest number of values whose detectable effect is no larger than the one wanted.</summary>
    /// <param name="effect">Shift to find, in the values' unit; above 0.</param>
    /// <param name="standardDeviation">Spread of the values, in the same unit; 0 or more.</param>
    /// <param name="level">Confidence level of the test.</param>
    /// <param name="power">Probability of finding it.</param>
    /// <returns>The number of values, at least the 6 below which no 95 % interval exists; null when 1,000 are not enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The effect is not above 0, the deviation negative, or a probability outside 0 to 1.</exception>
    public static int? SampleSize(double effect, double standardDeviation, double level = 0.95, double power = 0.8)
    {
        Guard.Positive(effect, nameof(effect));
        bool IsEnough(int count) => DetectableEffect(count, standardDeviation, level, power) <= effect;

        // Doubled until it is enough, then halved between: exact tables grow with the cube of n, and most answers are small.
        var tooFew = SignedRankInterval.SmallestCount(level) - 1;
        var enough = tooFew + 1;
        while (!IsEnough(enough))
        {
            if (enough == SignedRankDistribution.MaxCount)
            {
                return null;
            }

            (tooFew, enough) = (enough, Math.Min(2 * enough, SignedRankDistribution.MaxCount));
        }

        while (enough - tooFew > 1)
        {
            var middle = (tooFew + enough) / 2;
            (tooFew, enough) = IsEnough(middle) ? (tooFew, middle) : (middle, enough);
        }

        return enough;
    }

    private static double ByStudent(int count, double tail, double power) =>
        RankStretch / Math.Sqrt(count)
        * (StudentT.InvCDF(0, 1, count - 1, 1 - tail) + StudentT.InvCDF(0, 1, count - 1, power));
}
