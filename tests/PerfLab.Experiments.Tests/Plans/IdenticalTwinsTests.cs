using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.Plans;

public sealed class IdenticalTwinsTests
{
    private static readonly Scenario Sampling = ScenarioFile.Load(Path.Combine(Repository.Scenarios, "sampling.yaml"));

    [Fact]
    public void All_arms_are_the_baseline_under_other_names()
    {
        var arms = PlanBuilder.Arms(AaComparison.Of(Sampling, 5, TimeSpan.FromMinutes(3), runtime: null));

        Assert.Equal(["off", "off'", "off-3", "off-4", "off-5"], arms.Select(arm => arm.Name));
        Assert.Equal(5, arms.Select(arm => arm.FileStem).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(arms, arm => Assert.Equal(arms[0].Environment, arm.Environment));
    }

    [Fact]
    public void The_budget_alone_bounds_the_launch_sets_and_nothing_is_demanded()
    {
        var twins = AaComparison.Of(Sampling, 4, TimeSpan.FromMinutes(3), runtime: null);

        Assert.Equal(1000, twins.Design.LaunchSets);
        Assert.Equal(TimeSpan.FromMinutes(3), twins.Design.Budget);
        Assert.Empty(twins.Thresholds);
        Assert.Equal(Sampling.Target, twins.Target);
    }

    [Fact]
    public void The_runtime_is_the_scenarios_unless_another_is_asked_for()
    {
        Assert.Equal(Sampling.Design.Runtime, AaComparison.Of(Sampling, 4, TimeSpan.FromMinutes(3), runtime: null).Design.Runtime);
        Assert.Equal(RuntimeProfile.Production, AaComparison.Of(Sampling, 4, TimeSpan.FromMinutes(3), RuntimeProfile.Production).Design.Runtime);
    }
}
