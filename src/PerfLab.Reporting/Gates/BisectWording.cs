using PerfLab.Analysis.Gates;
using PerfLab.Experiments.Gates;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Gates;

/// <summary>A commit of a search.</summary>
/// <param name="Hash">The full hash.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record SearchedCommit(string Hash, string Subject)
{
    /// <summary>Gets how it is shown: 12 digits of the hash and the subject.</summary>
    public string Shown => $"{Hash[..12]} {DisplayText.Clean(Subject)}";
}

/// <summary>Says how a search for the first commit that costs more goes, and what it found.</summary>
public static class BisectWording
{
    /// <summary>Says before it starts how long it takes.</summary>
    /// <param name="commits">Commits after the good one.</param>
    /// <param name="budget">Time for each comparison.</param>
    public static string Plan(int commits, TimeSpan budget)
    {
        var most = 1 + CommitSearch.MostComparisons(commits);
        return $"{DisplayText.Counted(commits, "commit")} to search: at most {DisplayText.Counted(most, "comparison")} of up to {RunFacts.Duration(budget.TotalSeconds)} each, builds apart. Every commit is compared with the good one.";
    }

    /// <summary>Says which commit is judged.</summary>
    public static string Step(SearchedCommit commit, CommitSearch? search) => search is null
        ? $"First the bad commit: {commit.Shown}"
        : $"Next of {DisplayText.Counted(search.Candidates.Count, "candidate")}: {commit.Shown}";

    /// <summary>Says what a search found.</summary>
    /// <param name="commits">The commits after the good one, oldest first.</param>
    /// <param name="search">The search at its end.</param>
    public static IEnumerable<string> Result(IReadOnlyList<SearchedCommit> commits, CommitSearch search)
    {
        if (search.Candidates is [var found])
        {
            yield return $"The first commit that costs more: {commits[found - 1].Shown}";
            yield break;
        }

        yield return $"Not decided: each of these {search.Candidates.Count} commits may be the first that costs more, because those before the last of them could not be judged.";
        foreach (var line in Candidates(commits, search))
        {
            yield return line;
        }

        yield return "More time decides more: raise --budget, or name fewer arms with --arm.";
    }

    /// <summary>Says what stays possible where a search ended before it was done, and how to go on with that.</summary>
    /// <param name="commits">The commits after the good one, oldest first.</param>
    /// <param name="search">The search so far; null where the bad commit was not judged yet.</param>
    /// <param name="good">The full hash of the good one.</param>
    public static IEnumerable<string> Unfinished(IReadOnlyList<SearchedCommit> commits, CommitSearch? search, string good)
    {
        var open = search ?? CommitSearch.Among(commits.Count);
        yield return search is null
            ? "Ended early: it is not known yet whether the bad commit costs more, so none is ruled out:"
            : $"Ended early: each of these {open.Candidates.Count} commits may still be the first that costs more:";
        foreach (var line in Candidates(commits, open))
        {
            yield return line;
        }

        yield return $"To go on with them: --bisect {Short(open.Good == 0 ? good : commits[open.Good - 1].Hash)} {Short(commits[open.Bad - 1].Hash)}";
    }

    /// <summary>Says why there is nothing to search.</summary>
    /// <param name="outcome">What the gate said of the bad commit.</param>
    public static string NothingToSearch(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed or GateOutcome.Improved => "Nothing to search: the bad commit costs no more than the good one beyond the threshold.",
        _ => "Nothing to search: it is not decided whether the bad commit costs more than the good one. More time decides more: raise --budget.",
    };

    private static IEnumerable<string> Candidates(IReadOnlyList<SearchedCommit> commits, CommitSearch search) =>
        search.Candidates.Select(candidate => $"  {commits[candidate - 1].Shown}{(search.Unjudged.Contains(candidate) ? " (not judged)" : string.Empty)}");

    private static string Short(string hash) => hash[..12];
}
