using PerfLab.Analysis.Gates;
using PerfLab.Experiments.Gates;

namespace PerfLab.Analysis.Tests.Gates;

public sealed class CommitSearchTests
{
    [Fact]
    public void The_first_commit_that_costs_more_is_found_wherever_it_is_and_in_as_many_comparisons_as_a_binary_search_takes()
    {
        for (var commits = 1; commits <= 70; commits++)
        {
            var most = (int)Math.Ceiling(Math.Log2(commits));
            Assert.Equal(most, CommitSearch.MostComparisons(commits));
            for (var first = 1; first <= commits; first++)
            {
                var (search, comparisons) = Run(commits, commit => commit >= first ? GateOutcome.Regressed : commit % 2 == 0 ? GateOutcome.Passed : GateOutcome.Improved);

                Assert.Equal([first], search.Candidates);
                Assert.InRange(comparisons, 0, most);
            }
        }
    }

    [Fact]
    public void Commits_that_cannot_be_judged_stay_candidates_and_nothing_else_does()
    {
        // Five commits, the third costs more; every set of commits that cannot be judged, except the last, which was judged before.
        for (var unjudged = 0; unjudged < 16; unjudged++)
        {
            var lost = unjudged;
            var (search, _) = Run(5, commit => (lost >> (commit - 1) & 1) == 1 ? commit % 2 == 0 ? GateOutcome.Undecided : GateOutcome.NotJudged : commit >= 3 ? GateOutcome.Regressed : GateOutcome.Passed);

            var bad = Enumerable.Range(3, 3).First(commit => commit == 5 || (lost >> (commit - 1) & 1) == 0);
            var good = Enumerable.Range(0, 3).Last(commit => commit == 0 || (lost >> (commit - 1) & 1) == 0);
            Assert.Equal(Enumerable.Range(good + 1, bad - good), search.Candidates);
            Assert.Contains(3, search.Candidates);
        }
    }

    [Fact]
    public void A_commit_is_judged_once_and_only_between_the_good_and_the_bad_one()
    {
        var search = CommitSearch.Among(4).After(2, GateOutcome.Undecided);

        Assert.Equal(1, search.Next);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.After(4, GateOutcome.Passed));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.After(0, GateOutcome.Passed));
        Assert.Throws<ArgumentOutOfRangeException>(() => CommitSearch.Among(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CommitSearch.MostComparisons(0));
    }

    private static (CommitSearch Search, int Comparisons) Run(int commits, Func<int, GateOutcome> judge)
    {
        var search = CommitSearch.Among(commits);
        var judged = new HashSet<int>();
        while (search.Next is { } next)
        {
            Assert.True(judged.Add(next), $"Commit {next} is judged twice.");
            search = search.After(next, judge(next));
        }

        return (search, judged.Count);
    }
}
