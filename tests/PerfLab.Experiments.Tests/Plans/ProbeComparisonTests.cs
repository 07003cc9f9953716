using PerfLab.Experiments.Plans;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.Plans;

public sealed class ProbeComparisonTests
{
    private static readonly Scenario Noise = ScenarioFile.Load(Path.Combine(Repository.Scenarios, "noise.yaml"));

    [Fact]
    public void The_arms_differ_in_the_startup_hook_alone()
    {
        var arms = PlanBuilder.Arms(ProbeComparison.Of(Noise, RuntimeProfile.Steady, TimeSpan.FromMinutes(3)));

        Assert.Equal(["probe-off", "probe-off'", "probe-on"], arms.Select(arm => arm.Name));
        Assert.Equal(arms[0].Environment, arms[1].Environment);
        Assert.Equal(string.Empty, arms[0].Environment["DOTNET_STARTUP_HOOKS"]);
        Assert.Equal(arms[2].Environment, arms[0].Environment.Where(variable => variable.Key != "DOTNET_STARTUP_HOOKS").ToDictionary());
    }
}
