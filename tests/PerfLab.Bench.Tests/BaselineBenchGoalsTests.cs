using PerfLab.Analysis.Tests;
using PerfLab.Bench;
using PerfLab.Bench.Baseline;

namespace PerfLab.Bench.Tests;

public sealed class BaselineBenchGoalsTests
{
    // Six pairs, each off by +-10 % on the logarithmic scale: their root mean square is 0.1, and 95 % are off by 1.96 times that.
    private static readonly NaiveRun[] s_pairs = [.. Enumerable.Range(1, 6).SelectMany(pair => Pair(pair, Math.Exp(pair % 2 == 0 ? 0.1 : -0.1)))];

    [Fact]
    public void One_pair_is_off_by_1_96_times_the_root_mean_square()
    {
        var goals = BaselineBenchGoals.Judge(Bench(s_pairs, 0.02));

        Assert.Equal(19.6, Value(goals, "naive, one pair: 95 % of them are off by up to, %"), 0.01);
        Assert.Equal(10, Value(goals, "naive: the largest change seen where there is none, %"), 0.01);

        // Of six changes the 96.9 % interval reaches from the smallest to the largest: half of 0.2.
        Assert.Equal(10, Value(goals, "naive, all pairs together: half the width of the interval, %"), 0.01);
        Assert.Equal(9.8, Value(goals, "naive, one pair / interleaved"), 0.01);
        Assert.Equal(5, Value(goals, "naive, all pairs together / interleaved"), 0.01);
    }

    [Theory]
    [InlineData(0.039, BenchOutcome.Met)]
    [InlineData(0.040, BenchOutcome.Missed)]
    public void The_interval_must_be_five_times_narrower(double halfWidth, BenchOutcome outcome) =>
        Assert.Equal(outcome, BaselineBenchGoals.Judge(Bench(s_pairs, halfWidth)).Single(goal => goal.Name == "naive, one pair / interleaved").Outcome);

    [Theory]
    [InlineData("lab", 300, 0.025, BenchOutcome.Met)]
    [InlineData("lab", 300, 0.026, BenchOutcome.Missed)]
    [InlineData("steady", 300, 0.010, BenchOutcome.Met)]
    [InlineData("steady", 300, 0.011, BenchOutcome.Missed)]
    [InlineData("steady", 299, 0.011, BenchOutcome.Told)]
    public void Five_minutes_have_goals_of_their_own_by_runtime(string runtime, double budgetSeconds, double halfWidth, BenchOutcome outcome) =>
        Assert.Equal(outcome, BaselineBenchGoals.Judge(Bench(s_pairs, halfWidth) with { Runtime = runtime, BudgetSeconds = budgetSeconds })
            .Single(goal => goal.Name == "interleaved, CPU: half the width of the interval, %").Outcome);

    [Fact]
    public void What_was_not_measured_meets_nothing()
    {
        var goals = BaselineBenchGoals.Judge(Bench([], null));

        Assert.All(goals, goal => Assert.Equal(BenchOutcome.NotMeasured, goal.Outcome));
    }

    [Fact]
    public void Half_a_pair_is_left_out() =>
        Assert.Single(BaselineBenchGoals.LogChanges([.. Pair(1, 2), Pair(2, 2)[0]]));

    private static double Value(IReadOnlyList<BenchGoal> goals, string name) => goals.Single(goal => goal.Name == name).Value!.Value;

    // 100 us against 100 us times the factor.
    private static NaiveRun[] Pair(int pair, double factor) =>
        [new(pair, "off", 8, 10_000, 0, 1), new(pair, "off'", 8, 10_000, 0, factor)];

    private static BaselineBenchRecord Bench(IReadOnlyList<NaiveRun> runs, double? halfWidth) => new()
    {
        FormatVersion = BaselineBenchRecord.CurrentFormatVersion,
        Started = DateTimeOffset.UnixEpoch,
        Machine = LabRun.Manifest.Machine,
        Scenario = "noise",
        Runtime = "lab",
        BudgetSeconds = 300,
        NaiveSeconds = 300,
        NaiveWarmUpSeconds = 2,
        NaiveConnections = 16,
        NaiveRuns = runs,
        InterleavedSeconds = 300,
        InterleavedRun = "run",
        LaunchSets = 17,
        CpuChange = halfWidth is { } half ? new BenchInterval(0, -half, half) : null,
        AllocationChange = null,
        Goals = [],
    };
}
