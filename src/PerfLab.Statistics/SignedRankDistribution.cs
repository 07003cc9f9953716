namespace PerfLab.Statistics;

/// <summary>
/// The exact distribution of a sum of ranks of which each counts with probability 1/2: that of the Wilcoxon signed-rank
/// statistic under its null hypothesis. Built rank by rank with P(s) = (P(s) + P(s - rank)) / 2, which is the generating
/// function of Hollander, Wolfe and Chicken 2014, section 3.1, in probabilities instead of counts so that nothing
/// overflows. With tied ranks it is the exact permutation distribution given the ties.
/// </summary>
public sealed class SignedRankDistribution
{
    /// <summary>The most ranks taken: the table then holds a million entries.</summary>
    public const int MaxCount = 1_000;

    private readonly double[] _cumulative;

    private SignedRankDistribution(double[] cumulative)
    {
        _cumulative = cumulative;
    }

    /// <summary>Gets the largest possible sum.</summary>
    public int Maximum => _cumulative.Length - 1;

    /// <summary>The distribution without ties or zeros: ranks 1 to <paramref name="count"/>.</summary>
    /// <param name="count">0 to <see cref="MaxCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count lies outside.</exception>
    public static SignedRankDistribution Untied(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return Of([.. Enumerable.Range(1, count)]);
    }

    /// <summary>The distribution of any whole ranks; pass doubled midranks when there are ties and double the statistic too.</summary>
    /// <param name="ranks">Up to <see cref="MaxCount"/> ranks, each from 1 to twice <see cref="MaxCount"/>.</param>
    /// <exception cref="ArgumentException">There are too many ranks, or one lies outside.</exception>
    public static SignedRankDistribution Of(IReadOnlyList<int> ranks)
    {
        Guard.AtMost(ranks.Count, MaxCount, nameof(ranks));
        if (ranks.Any(rank => rank is < 1 or > 2 * MaxCount))
        {
            throw new ArgumentException("A rank is below 1 or above twice the most ranks. Pass ranks, not values.", nameof(ranks));
        }

        var mass = new double[ranks.Sum() + 1];
        mass[0] = 1;
        var reached = 0;
        foreach (var rank in ranks)
        {
            reached += rank;
            for (var sum = reached; sum >= 0; sum--)
            {
                mass[sum] = 0.5 * (mass[sum] + (sum >= rank ? mass[sum - rank] : 0));
            }
        }

        return new SignedRankDistribution(Accumulate(mass));
    }

    /// <summary>The probability of a sum at or below the given one.</summary>
    /// <param name="sum">Any whole number; below 0 the answer is 0, from <see cref="Maximum"/> on it is 1.</param>
    public double AtMost(int sum) => sum < 0 ? 0 : _cumulative[Math.Min(sum, Maximum)];

    /// <summary>The probability of a sum at or above the given one. The distribution is symmetric, which keeps small tails exact.</summary>
    /// <param name="sum">Any whole number.</param>
    public double AtLeast(int sum) => sum > Maximum ? 0 : AtMost(Maximum - Math.Max(sum, 0));

    /// <summary>The largest sum c with P(sum at most c) at or below a tail probability; null when even P(0) is above it.</summary>
    /// <param name="tailProbability">0 to 1; 0.025 for a two-sided test at 5 %.</param>
    public int? LowerCriticalValue(double tailProbability)
    {
        // Table entries such as 1/32 are exact in binary; a tail computed as (1 - 0.9375) / 2 may lie one rounding below.
        var allowed = tailProbability * (1 + 1e-12);
        var found = -1;
        while (found < Maximum && _cumulative[found + 1] <= allowed)
        {
            found++;
        }

        return found < 0 ? null : found;
    }

    private static double[] Accumulate(double[] mass)
    {
        for (var sum = 1; sum < mass.Length; sum++)
        {
            mass[sum] += mass[sum - 1];
        }

        mass[^1] = 1;
        return mass;
    }
}
