using System.Collections.Immutable;
using PerfLab.Experiments.Gates;

namespace PerfLab.Analysis.Gates;

/// <summary>
/// The search for the first commit that costs more than a good one: always the untried commit nearest to the middle of those
/// that may be it. A commit that could not be judged is left out and stays a candidate. A pure function.
/// </summary>
public sealed record CommitSearch
{
    private CommitSearch(int bad) => Bad = bad;

    /// <summary>Gets the latest commit that is known to cost no more; 0 is the one that everything is compared with.</summary>
    public int Good { get; private init; }

    /// <summary>Gets the earliest commit that is known to cost more.</summary>
    public int Bad { get; private init; }

    /// <summary>Gets the commits that could not be judged.</summary>
    public ImmutableSortedSet<int> Unjudged { get; private init; } = [];

    /// <summary>Gets the commit to judge next; null when no further one can be judged.</summary>
    public int? Next => Enumerable.Range(Good + 1, Bad - Good - 1)
        .Where(commit => !Unjudged.Contains(commit))
        .OrderBy(commit => Math.Abs((2 * commit) - Good - Bad))
        .ThenBy(commit => commit)
        .Cast<int?>()
        .FirstOrDefault();

    /// <summary>Gets the commits of which each may be the first that costs more, in order. One when the search found it.</summary>
    public IReadOnlyList<int> Candidates => [.. Enumerable.Range(Good + 1, Bad - Good)];

    /// <summary>Begins a search.</summary>
    /// <param name="commits">The number of commits after the good one; the last of them costs more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static CommitSearch Among(int commits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(commits, 1);
        return new CommitSearch(commits);
    }

    /// <summary>The most comparisons that a search takes where every commit can be judged: the binary logarithm, rounded up.</summary>
    public static int MostComparisons(int commits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(commits, 1);
        return commits == 1 ? 0 : System.Numerics.BitOperations.Log2((uint)(commits - 1)) + 1;
    }

    /// <summary>Goes on with what the gate said of a commit.</summary>
    /// <param name="commit">The commit, between <see cref="Good"/> and <see cref="Bad"/>.</param>
    /// <param name="outcome">What it said.</param>
    /// <exception cref="ArgumentOutOfRangeException">The commit is not one that is searched.</exception>
    public CommitSearch After(int commit, GateOutcome outcome)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(commit, Good);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(commit, Bad);
        return outcome switch
        {
            GateOutcome.Regressed => this with { Bad = commit },
            GateOutcome.Passed or GateOutcome.Improved => this with { Good = commit },
            _ => this with { Unjudged = Unjudged.Add(commit) },
        };
    }
}
