namespace PerfLab.Experiments.Plans;

/// <summary>The order in which the arms of a round are visited: random, balanced, and a function of the seed alone.</summary>
/// <remarks>
/// Rounds come in blocks of as many rounds as there are arms. Each block is a randomised Latin square after E. J.
/// Williams, "Experimental designs balanced for the estimation of residual effects of treatments", Australian Journal of
/// Scientific Research A 2 (1949) 149-168: within a block every arm is visited once in every position, and follows every
/// other arm equally often within a round (with an odd number of arms: over two blocks, the second mirrored). So neither a
/// drift within rounds nor what one arm leaves behind for the next favours an arm. A last block that is not full is a
/// random choice of its rows: no arm is in any position more than once more than another.
/// </remarks>
public static class RoundOrder
{
    /// <summary>The arms of a round in visiting order, as indices into the plan's arms.</summary>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="launchSet">Number of the attempt, from 1.</param>
    /// <param name="round">The round, from 0.</param>
    /// <param name="armCount">Number of arms; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least value.</exception>
    public static IReadOnlyList<int> For(ulong seed, int launchSet, int round, int armCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(launchSet);
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(armCount);

        // With an odd number of arms two blocks share their names for the arms: the second is the mirror of the first.
        var (block, row) = Math.DivRem(round, armCount);
        var isMirrored = armCount % 2 == 1 && block % 2 == 1;
        var arms = Generator(seed, launchSet, isMirrored ? block - 1 : block, 0).Permutation(armCount);
        var rows = Generator(seed, launchSet, block, 1).Permutation(armCount);
        var order = Enumerable.Range(0, armCount).Select(position => arms[WilliamsSquare(rows[row], position, armCount)]);
        return isMirrored ? [.. order.Reverse()] : [.. order];
    }

    // First row 0, 1, k-1, 2, k-2, ...; each further row adds one, modulo k (J. V. Bradley, JASA 53 (1958) 525-528).
    private static int WilliamsSquare(int row, int position, int count)
    {
        var first = position % 2 == 1 ? (position + 1) / 2 : count - (position / 2);
        return (first + row) % count;
    }

    private static SeededGenerator Generator(ulong seed, int launchSet, int block, int part) =>
        new(SubSeed.Derive(seed, SeedPurpose.RoundOrder, launchSet, block, part));
}
