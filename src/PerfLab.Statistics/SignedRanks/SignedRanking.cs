namespace PerfLab.Statistics.SignedRanks;

/// <summary>
/// The values less a null value, ranked by magnitude. Ranks are doubled so that midranks of ties (2.5) stay whole numbers.
/// Zeros are ranked with the others and then left out (Pratt 1959, Journal of the American Statistical Association 54,
/// 655-667): dropping them before ranking, as Wilcoxon did, can make evidence stronger when a value moves towards the null.
/// </summary>
internal sealed class SignedRanking
{
    private SignedRanking(int[] doubledRanks, int doubledPositiveSum, int zeroCount)
    {
        DoubledRanks = doubledRanks;
        DoubledPositiveSum = doubledPositiveSum;
        ZeroCount = zeroCount;
    }

    /// <summary>Gets twice the midranks of the values that are not zero.</summary>
    internal int[] DoubledRanks { get; }

    /// <summary>Gets twice the sum of the ranks of positive values: 2 W+.</summary>
    internal int DoubledPositiveSum { get; }

    /// <summary>Gets the number of values equal to the null value.</summary>
    internal int ZeroCount { get; }

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

        return new SignedRanking([.. ranks], positive, differences.Length - ranks.Count);
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
