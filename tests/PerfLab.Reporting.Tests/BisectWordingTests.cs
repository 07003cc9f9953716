using PerfLab.Analysis.Gates;
using PerfLab.Experiments.Gates;
using PerfLab.Reporting.Gates;

namespace PerfLab.Reporting.Tests;

/// <summary>What a search for a commit says at its end.</summary>
public sealed class BisectWordingTests
{
    private static readonly SearchedCommit[] s_commits = [.. Enumerable.Range(1, 8).Select(number => new SearchedCommit(Hash(number), $"change {number}"))];

    [Fact]
    public void A_search_that_ended_early_says_what_it_has_not_ruled_out_and_how_to_go_on()
    {
        // Of 1 to 8 the bad one is 8; 4 costs no more, 6 more, 5 could not be judged: 5 and 6 are left.
        var search = CommitSearch.Among(8).After(4, GateOutcome.Passed).After(6, GateOutcome.Regressed).After(5, GateOutcome.NotJudged);

        Assert.Equal(
            [
                "Ended early: each of these 2 commits may still be the first that costs more:",
                "  555555555555 change 5 (not judged)",
                "  666666666666 change 6",
                "To go on with them: --bisect 444444444444 666666666666",
            ],
            BisectWording.Unfinished(s_commits, search, Hash(9)));
    }

    [Fact]
    public void Before_the_bad_commit_is_judged_none_is_ruled_out()
    {
        string[] lines = [.. BisectWording.Unfinished(s_commits, search: null, Hash(9))];

        Assert.Contains("none is ruled out", lines[0], StringComparison.Ordinal);
        Assert.Equal(s_commits.Select(commit => $"  {commit.Shown}"), lines[1..^1]);
        Assert.Equal("To go on with them: --bisect 999999999999 888888888888", lines[^1]);
    }

    private static string Hash(int digit) => new((char)('0' + digit), 40);
}
