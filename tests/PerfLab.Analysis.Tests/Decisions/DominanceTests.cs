using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Trust;
using static PerfLab.Analysis.Tests.Decisions.DecisionCases;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>Arms that another beats in everything.</summary>
public sealed class DominanceTests
{
    // Every axis counts that was measured: allocation and response time too.
    [Theory]
    [InlineData(1.1, 1.1, "cheap")]
    [InlineData(1.0, 1.1, null)]
    [InlineData(1.1, 1.0, null)]
    [InlineData(0.9, 1.1, null)]
    [InlineData(1.1, 0.9, null)]
    public void Without_conditions_nothing_is_recommended_and_an_arm_that_is_worse_in_everything_is_dominated(double allocates, double waits, string? by)
    {
        var analysis = Analyze(LaunchSets, null, Arm("dear", 1.20, kept: 0.1) with { Allocates = allocates, Waits = waits }, Arm("cheap", 1.05, kept: 0.5));

        Assert.Equal(DecisionOutcome.NotAsked, analysis.Decision!.Outcome);
        Assert.Equal([by, null], analysis.Decision.Arms.Select(arm => arm.DominatedBy));
    }

    [Fact]
    public void An_arm_that_is_worse_in_every_cost_and_keeps_as_much_is_not_dominated() =>
        Assert.All(
            Analyze(LaunchSets, null, Arm("dear", 1.20, kept: 0.5) with { Allocates = 1.1, Waits = 1.1 }, Arm("cheap", 1.05, kept: 0.5)).Decision!.Arms,
            arm => Assert.Null(arm.DominatedBy));

    [Fact]
    public void An_arm_that_costs_more_and_keeps_more_is_not_dominated() =>
        Assert.All(Analyze(LaunchSets, null, Arm("ratio-10", 1.05, kept: 0.1), Arm("always-on", 1.20, kept: 1)).Decision!.Arms, arm => Assert.Null(arm.DominatedBy));

    [Fact]
    public void A_run_whose_control_moved_calls_no_arm_dominated()
    {
        Variant[] variants = [Arm("dear", 1.20, kept: 0.1) with { Allocates = 1.1, Waits = 1.1 }, Arm("cheap", 1.05, kept: 0.5)];

        Assert.Equal("cheap", Analyze(LaunchSets, null, variants).Decision!.Arms[0].DominatedBy);
        var moved = Analyze(LaunchSets, null, controlCost: 1.08, variants);

        Assert.Equal(TrustLevel.Untrusted, moved.Trust.Level);
        Assert.All(moved.Decision!.Arms, arm => Assert.Null(arm.DominatedBy));
    }
}
