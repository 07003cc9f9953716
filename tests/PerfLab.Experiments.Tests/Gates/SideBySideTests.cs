using PerfLab.Experiments.Gates;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.Gates;

public sealed class SideBySideTests
{
    private static readonly GatePolicy s_policy = GatePolicyFile.Load(Path.Combine(Repository.Root, GatePolicyFile.StandardName));

    private static readonly ArmProgram s_base = new(["dotnet", "/b/Shop.dll"], Directory: null);

    private static readonly ArmProgram s_head = new(["dotnet", "/h/Shop.dll"], Directory: null);

    [Fact]
    public void Every_arm_runs_from_both_builds_and_the_first_baseline_twice()
    {
        var arms = PlanBuilder.Arms(SideBySide.Of(s_policy, ["off", "always-on"], s_base, s_head, TimeSpan.FromMinutes(9)));

        Assert.Equal(["off.base", "off.base'", "off.head", "always-on.base", "always-on.head"], arms.Select(arm => arm.Name));
        Assert.Equal([s_base, s_base, s_head, s_base, s_head], arms.Select(arm => arm.Program!));
        Assert.All(arms, arm => Assert.Equal(
            s_policy.Scenario.Variants.Single(variant => arm.Name.StartsWith(variant.Name + ".", StringComparison.Ordinal)).Environment,
            arm.Environment));
    }

    [Fact]
    public void The_policy_decides_name_time_and_thresholds_and_nothing_ends_the_run_early()
    {
        var scenario = SideBySide.Of(s_policy, ["always-on"], s_base, s_head, TimeSpan.FromMinutes(9));

        Assert.Equal(("shop", "always-on.base", TimeSpan.FromMinutes(9), false), (scenario.Name, scenario.Baseline, scenario.Design.Budget, scenario.Design.StopsWhenDecided));
        Assert.Equal(new Dictionary<MetricId, double> { [MetricId.Cpu] = 0.03, [MetricId.Allocation] = 0.01 }, scenario.PracticalThresholds);
        Assert.Empty(scenario.Thresholds);
        Assert.Null(scenario.Decision);
        Assert.Equal(s_policy.Scenario.Load, scenario.Load);
    }

    [Fact]
    public void Without_a_build_both_start_what_the_scenario_starts() =>
        Assert.All(SideBySide.Of(s_policy, ["off"], null, null, TimeSpan.FromMinutes(9)).Variants, variant => Assert.Null(variant.Program));

    [Fact]
    public void A_planted_cost_is_in_the_heads_alone()
    {
        var planted = new Dictionary<string, string> { ["COST"] = "1", ["OTEL_SDK_DISABLED"] = "false" };

        var scenario = SideBySide.WithPlanted(SideBySide.Of(s_policy, ["off"], null, null, TimeSpan.FromMinutes(9)), planted);

        Assert.Equal("true", scenario.Variants[0].Environment["OTEL_SDK_DISABLED"]);
        Assert.False(scenario.Variants[0].Environment.ContainsKey("COST"));
        Assert.Equal(planted, scenario.Variants[1].Environment);
    }

    [Fact]
    public void At_least_one_arm_is_measured() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SideBySide.Of(s_policy, [], null, null, TimeSpan.FromMinutes(9)));
}
