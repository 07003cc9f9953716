namespace PerfLab.Statistics;

/// <summary>
/// A group-sequential design of the signed-rank test: at which two-sided p-value each of several planned looks may reject, so
/// that the chance of a false rejection at any look stays at or below the level of the whole design. The error is spent in
/// proportion to the number of values seen (Lan and DeMets 1983, Biometrika 70, 659-663; Kim and DeMets 1987, Biometrika 74,
/// 149-154, power 1). Under the null hypothesis signs are fair coins, independent of the ranks of the magnitudes, and each new
/// magnitude takes every rank with equal probability, so the joint distribution of the statistics over the looks depends on
/// nothing else: it is simulated once for all data. The intervals that belong to these p-values are repeated confidence intervals:
/// together they cover at the level of the design, whichever look the values stop at (Jennison and Turnbull 1989, Journal of the
/// Royal Statistical Society B 51, 305-361).
/// </summary>
public sealed class SequentialDesign
{
    /// <summary>The most values of a design; one bit each.</summary>
    public const int MaxCount = 64;

    // The simulation errs by this many standard errors at most; the boundary is drawn on the safe side of it.
    private const double SafetyStandardErrors = 3;

    private readonly IReadOnlyList<IReadOnlyList<double>> _alphas;

    private SequentialDesign(IReadOnlyList<int> looks, IReadOnlyList<IReadOnlyList<double>> alphas)
    {
        Looks = looks;
        _alphas = alphas;
    }

    /// <summary>Gets the numbers of values at which the data are looked at, ascending; the last is the planned number.</summary>
    public IReadOnlyList<int> Looks { get; }

    /// <summary>Makes the design.</summary>
    /// <param name="looks">Ascending numbers of values, from 1 to <see cref="MaxCount"/>; the last is the planned number.</param>
    /// <param name="levels">Error rates of whole designs, each above 0 and below 1: 0.05, and 0.05 / 5 for a Bonferroni step among five.</param>
    /// <param name="bits">The next 64 random bits; give it a named seed.</param>
    /// <param name="paths">Simulated sequences; 400,000 know an error rate of 5 % to 0.03 percentage points.</param>
    /// <exception cref="ArgumentException">There is no look, or they do not ascend within the range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level does not lie between 0 and 1, or there are no paths.</exception>
    public static SequentialDesign Create(IReadOnlyList<int> looks, IReadOnlyList<double> levels, Func<ulong> bits, int paths = 400_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(paths);
        if (looks.Count == 0 || looks[0] < 1 || looks[^1] > MaxCount || looks.Zip(looks.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"Looks must ascend from 1 to at most {MaxCount}.", nameof(looks));
        }

        foreach (var level in levels)
        {
            Guard.Probability(level, nameof(levels));
        }

        var tails = Tails(looks, bits, paths);
        return new SequentialDesign([.. looks], [.. levels.Select(level => Spend(looks, level, tails))]);
    }

    /// <summary>The two-sided p-value at or below which a look rejects; 0 where no result of so few values does.</summary>
    /// <param name="look">Index of the look.</param>
    /// <param name="level">Index of the level.</param>
    public double NominalAlpha(int look, int level) => _alphas[level][look];

    // One row for each look: the smaller of the two rank sums of every path, the statistic of the two-sided test.
    private static ushort[][] Tails(IReadOnlyList<int> looks, Func<ulong> bits, int paths)
    {
        ushort[][] tails = [.. looks.Select(_ => new ushort[paths])];
        for (var path = 0; path < paths; path++)
        {
            // Bit r is the sign of the value whose magnitude has rank r + 1 among those seen so far.
            var signs = 0UL;
            var look = 0;
            for (var count = 1; count <= looks[^1]; count++)
            {
                var random = bits();
                var rank = (int)(((random >> 32) * (uint)count) >> 32);
                var below = signs & ((1UL << rank) - 1);
                signs = below | ((signs ^ below) << 1) | ((random & 1) << rank);
                if (count == looks[look])
                {
                    tails[look++][path] = SmallerRankSum(signs, count);
                }
            }
        }

        return tails;
    }

    private static ushort SmallerRankSum(ulong signs, int count)
    {
        var positive = 0;
        for (var left = signs; left != 0; left &= left - 1)
        {
            positive += System.Numerics.BitOperations.TrailingZeroCount(left) + 1;
        }

        return (ushort)Math.Min(positive, (count * (count + 1) / 2) - positive);
    }

    private static double[] Spend(IReadOnlyList<int> looks, double level, ushort[][] tails)
    {
        var paths = tails[0].Length;
        var stopped = new bool[paths];
        var spent = 0;
        var alphas = new double[looks.Count];
        for (var look = 0; look < looks.Count; look++)
        {
            var distribution = SignedRankDistribution.Untied(looks[look]);
            var allowed = level * looks[look] / looks[^1];

            // The first look has a known distribution; the later ones depend on which paths are still there.
            var critical = look == 0
                ? distribution.LowerCriticalValue(allowed / 2)
                : LargestWithin(tails[look], stopped, spent, Math.Max(0, (allowed - (SafetyStandardErrors * Math.Sqrt(allowed * (1 - allowed) / paths))) * paths));
            alphas[look] = critical is { } most ? 2 * distribution.AtMost(most) : 0;
            for (var path = 0; path < paths; path++)
            {
                if (!stopped[path] && tails[look][path] <= (critical ?? -1))
                {
                    stopped[path] = true;
                    spent++;
                }
            }
        }

        return alphas;
    }

    private static int? LargestWithin(ushort[] tails, bool[] stopped, int spent, double allowedPaths)
    {
        var counts = new int[tails.Max() + 1];
        for (var path = 0; path < tails.Length; path++)
        {
            counts[tails[path]] += stopped[path] ? 0 : 1;
        }

        var critical = -1;
        var reached = spent;
        while (critical + 1 < counts.Length && reached + counts[critical + 1] <= allowedPaths)
        {
            reached += counts[++critical];
        }

        return critical < 0 ? null : critical;
    }
}
