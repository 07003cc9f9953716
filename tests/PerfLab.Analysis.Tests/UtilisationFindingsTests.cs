using PerfLab.Analysis.Findings;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>A service without room is not what a report is about.</summary>
public class UtilisationFindingsTests
{
    // 1,000 requests per second on one processor: milliseconds of CPU per request are its busy share.
    [Theory]
    [InlineData(0.0006, 0.00089, new[] { 2 })]
    [InlineData(0.0006, 0.0017, new[] { 2, 3 })]
    public void A_load_that_leaves_room_is_none(double off, double on, int[] targetCores) =>
        Assert.Null(Find(off, on, new Placement(targetCores, [0])));

    [Fact]
    public void A_load_that_leaves_an_arm_no_room_is_named_with_how_busy_it_was()
    {
        var finding = Find(0.0006, 0.00096, new Placement([1], [0]));

        Assert.NotNull(finding);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        var arm = Assert.Single(Assert.IsType<TargetsSaturated>(finding.Details).Arms);
        Assert.Equal("on", arm.Arm);
        Assert.Equal(0.96, arm.BusyShare, 10);
    }

    [Fact]
    public void The_busiest_arm_is_named_first() =>
        Assert.Equal(["on", "off", "off'"], Assert.IsType<TargetsSaturated>(Find(0.00095, 0.00103, new Placement([1], [0]))!.Details).Arms.Select(arm => arm.Arm));

    [Fact]
    public void Where_targets_have_no_processors_of_their_own_nothing_is_known() =>
        Assert.Null(Find(0.0006, 0.002, null));

    // An eighth more than was asked for: 0.95 becomes 1.069. At 0.5, 0.60 is more than was asked for, and leaves room.
    [Theory]
    [InlineData(0.95, 0.98, 1.06, false)]
    [InlineData(0.95, 0.98, 1.08, true)]
    [InlineData(0.8, 0.6, 0.89, false)]
    [InlineData(0.8, 0.6, 0.91, true)]
    [InlineData(0.5, 0.5, 0.6, false)]
    public void A_scenario_that_asks_for_busy_processors_is_told_only_where_it_got_busier_ones(double allowed, double off, double on, bool isTold)
    {
        var finding = Find(off / 1000, on / 1000, new Placement([1], [0]), allowed);

        Assert.Equal(isTold, finding is not null);
        Assert.True(finding is null || (finding.Details is TargetsSaturated { Arms: [{ Arm: "on" }], AllowedBusyShare: { } share } && share == allowed));
    }

    private static Finding? Find(double off, double on, Placement? placement, double? allowed = null)
    {
        var plan = LabRun.Plan(6, "on") with { Placement = placement };
        plan = plan with
        {
            Pilot = allowed is null ? plan.Pilot : PilotResult.From(new Dictionary<string, double> { ["on"] = 2000 }, 0.5, 1) with { OpenLoop = new OpenLoopTrial("on", 1000, 0.9) { AllowedBusyShare = allowed } },
        };
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off", off), LabRun.Arm("off'", off), LabRun.Arm("on", on)))];
        return RunAnalyzer.Analyze(LabRun.Manifest, plan, launches, [], null, null).Findings.SingleOrDefault(finding => finding.Code == "targets-saturated");
    }
}
