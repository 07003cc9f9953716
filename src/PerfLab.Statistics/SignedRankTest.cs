namespace PerfLab.Statistics;

/// <summary>
/// The exact Wilcoxon signed-rank test (Wilcoxon 1945, Biometrics Bulletin 1, 80-83). It assumes that the values are
/// independent and, under the null hypothesis, symmetric about the null value; differences of two equally distributed
/// measurements are. Ties keep the exact permutation distribution over midranks; zeros follow Pratt 1959.
/// </summary>
public static class SignedRankTest
{
    /// <summary>Tests whether the centre of the values is the null value.</summary>
    /// <param name="values">Up to 1,000 finite values, one per independent replicate.</param>
    /// <param name="nullValue">The centre under the null hypothesis; a practical threshold instead of 0 asks for more than any change.</param>
    /// <param name="alternative">What to look for.</param>
    /// <returns>The statistic and its exact p-value; 1 when there are no values or all equal the null value.</returns>
    /// <exception cref="ArgumentException">A value or the null value is not finite, or there are too many values.</exception>
    public static SignedRankResult Test(
        IReadOnlyList<double> values,
        double nullValue = 0,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Finite(values, nameof(values));
        Guard.Finite([nullValue], nameof(nullValue));
        Guard.AtMost(values.Count, SignedRankDistribution.MaxCount, nameof(values));
        var ranking = SignedRanking.Of(values, nullValue);
        var distribution = SignedRankDistribution.Of(ranking.DoubledRanks);
        var above = distribution.AtLeast(ranking.DoubledPositiveSum);
        var below = distribution.AtMost(ranking.DoubledPositiveSum);
        var p = alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(above, below)),
            Alternative.Greater => above,
            Alternative.Less => below,
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "No such alternative."),
        };
        return new SignedRankResult(ranking.DoubledPositiveSum / 2.0, p, values.Count);
    }
}

/// <summary>The outcome of a signed-rank test.</summary>
/// <param name="Statistic">W+: the sum of the midranks of the values above the null value.</param>
/// <param name="PValue">Exact probability, under the null hypothesis, of a result at least as extreme.</param>
/// <param name="Count">Number of values, zeros included.</param>
public sealed record SignedRankResult(double Statistic, double PValue, int Count);

/// <summary>What a test looks for beside its null hypothesis.</summary>
public enum Alternative
{
    /// <summary>The centre differs from the null value, in either direction.</summary>
    TwoSided = 0,

    /// <summary>The centre is above the null value.</summary>
    Greater = 1,

    /// <summary>The centre is below the null value.</summary>
    Less = 2,
}

/// <summary>
/// The values less a null value, ranked by magnitude. Ranks are doubled so that midranks of ties (2.5) stay whole numbers.
/// Zeros are ranked with the others and then left out (Pratt 1959, Journal of the American Statistical Association 54,
/// 655-667): dropping them before ranking, as Wilcoxon did, can make evidence stronger when a value moves towards the null.
/// </summary>
internal sealed class SignedRanking
{
    private SignedRanking(int[] doubledRanks, int doubledPositiveSum)
    {
        DoubledRanks = doubledRanks;
        DoubledPositiveSum = doubledPositiveSum;
    }

    /// <summary>Gets twice the midranks of the values that are not zero.</summary>
    internal int[] DoubledRanks { get; }

    /// <summary>Gets twice the sum of the ranks of positive values: 2 W+.</summary>
    internal int DoubledPositiveSum { get; }

    internal static SignedRanking Of(IReadOnlyList<double> values, double nullValue)
    {
        double[] differences = [.. values.Select(value => value - nullValue)];
        Array.Sort(differences, (left, right) => Math.Abs(left).CompareTo(Math.Abs(right)));
        var ranks = new List<int>(differences.Length);
        var positive = 0;
        for (var first = 0; first < differences.Length;)
        {
            var last = LastTied(differences, first);

            // Ranks count from 1: the mean of first + 1 ... last + 1, doubled.
            var doubledMidrank = first + last + 2;
            for (var i = first; i <= last && differences[i] != 0; i++)
            {
                ranks.Add(doubledMidrank);
                positive += differences[i] > 0 ? doubledMidrank : 0;
            }

            first = last + 1;
        }

        return new SignedRanking([.. ranks], positive);
    }

    private static int LastTied(double[] differences, int first)
    {
        var last = first;
        while (last + 1 < differences.Length && Math.Abs(differences[last + 1]) == Math.Abs(differences[first]))
        {
            last++;
        }

        return last;
    }
}
