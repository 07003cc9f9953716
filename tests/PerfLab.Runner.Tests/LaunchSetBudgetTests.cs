using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>Launch sets and rounds that fit into a budget.</summary>
public sealed class LaunchSetBudgetTests
{
    // 780 s, of which a launch set takes 60 s and 0.5 s for each round: 7 at 80 rounds, 8 at 75, 9 at 53, 9.75 at 40.
    [Theory]
    [InlineData(780, 80, 40, 7, 80)]
    [InlineData(780, 80, 40, 8, 53)]
    [InlineData(780, 80, 60, 8, 60)]
    [InlineData(780, 80, 40, 9, 40)]
    [InlineData(780, 80, 40, 10, 80)]
    [InlineData(780, 80, 80, 8, 80)]
    [InlineData(780, 34, 40, 10, 34)]
    [InlineData(0, 80, 40, 8, 80)]
    public void Rounds_are_lowered_only_where_that_makes_a_verdict_possible(double budgetSeconds, int stated, int fewest, int needed, int expected) =>
        Assert.Equal(expected, LaunchSetBudget.Rounds(stated, fewest, needed, rounds => (int)(budgetSeconds / (60 + (0.5 * rounds)))));

    // Ten launch sets count, of which this session measured two, in 100 s each: 600 s leave room for four more.
    [Theory]
    [InlineData(10, 2, 200, 600, 14)]
    [InlineData(6, 6, 600, 600, 6)]
    [InlineData(6, 7, 700, 600, 6)]
    [InlineData(6, 6, 300, 600, 12)]
    public void What_is_left_of_the_budget_is_divided_by_the_launch_sets_that_used_it(int valid, int measured, double elapsedSeconds, double budgetSeconds, int expected) =>
        Assert.Equal(expected, LaunchSetBudget.Affordable(valid, measured, TimeSpan.FromSeconds(elapsedSeconds), TimeSpan.FromSeconds(budgetSeconds)));

    [Fact]
    public void The_wait_for_the_last_batch_takes_its_time_of_the_budget()
    {
        var plan = TestPlans.Small();
        var design = new DesignDefinition
        {
            LaunchSets = 20,
            Precision = [],
            Rounds = 9,
            Slice = TimeSpan.FromSeconds(0.1),
            WarmUp = TimeSpan.FromSeconds(1),
            WarmUpLimit = TimeSpan.FromSeconds(1),
            Budget = TimeSpan.FromSeconds(109),
            Runtime = RuntimeProfile.Lab,
            Seed = 1,
        };
        var pilot = PilotResult.From(plan.Arms.ToDictionary(arm => arm.Name, _ => 1000.0), 0.5, 1);

        // 1.08 * (2 s of starting + 3 s of warm-up + 3 s of rounds + 2 s of stopping), and 10 s more to wait.
        Assert.Equal(10, LaunchSetBudget.Affordable(design, armCount: 3, new PilotObservation(pilot, 2, null, 0), elapsedSeconds: 0, furtherSeconds: 0));
        Assert.Equal(5, LaunchSetBudget.Affordable(design, armCount: 3, new PilotObservation(pilot, 2, null, 10), elapsedSeconds: 0, furtherSeconds: 0));
    }
}
