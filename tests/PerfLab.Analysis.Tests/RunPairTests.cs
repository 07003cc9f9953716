using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests;

public class RunPairTests
{
    private const double Microsecond = 1e-6;

    [Fact]
    public void A_change_of_a_change_is_their_quotient()
    {
        // 110/100 and 121/100: the second costs 1.21 / 1.10 - 1 = 10 % more against its baseline than the first.
        var pair = RunComparer.Compare(Run(("on", 110)), Run(("on", 121)));

        var cpu = Cpu(pair.Overheads, "on");
        Assert.Equal(0.10, cpu.First.Estimate, 0.002);
        Assert.Equal(0.21, cpu.Second.Estimate, 0.002);
        Assert.Equal(0.10, cpu.Change.Estimate, 0.002);
        Assert.Equal(Verdict.Slower, cpu.Verdict);
    }

    [Fact]
    public void On_one_machine_values_are_compared_the_baseline_among_them()
    {
        var pair = RunComparer.Compare(Run(("on", 110)), Run(("on", 110), ("off", 50), ("off'", 50)));

        Assert.Empty(pair.MachineDifferences);
        var baseline = Cpu(pair.Values, "off");
        Assert.Equal(100 * Microsecond, baseline.First.Estimate, 0.2 * Microsecond);
        Assert.Equal(50 * Microsecond, baseline.Second.Estimate, 0.2 * Microsecond);
        Assert.Equal(-0.5, baseline.Change.Estimate, 0.002);
        Assert.Equal(Verdict.Faster, baseline.Verdict);
        Assert.Equal(Verdict.Same, Cpu(pair.Values, "on").Verdict);
    }

    [Fact]
    public void Runs_of_different_machines_have_no_absolute_numbers_but_their_changes()
    {
        var other = Run(("on", 121));
        var elsewhere = other with { Manifest = other.Manifest with { Machine = other.Manifest.Machine with { LogicalProcessors = 64 } } };

        var pair = RunComparer.Compare(Run(("on", 110)), elsewhere);

        Assert.Equal("logical processors 2 and 64", Assert.Single(pair.MachineDifferences));
        Assert.Empty(pair.Values);
        Assert.Equal(0.10, Cpu(pair.Overheads, "on").Change.Estimate, 0.002);
    }

    // 110/100 and 121/100: +10 % within fractions of a percent.
    [Theory]
    [InlineData("cpu>+5%", ThresholdOutcome.Violated)]
    [InlineData("cpu>+15%", ThresholdOutcome.Proven)]
    [InlineData("cpu<-5%", ThresholdOutcome.Proven)]
    [InlineData("cpu>+10%", ThresholdOutcome.NotDecided)]
    [InlineData("cpu{on}>+5%", ThresholdOutcome.Violated)]
    public void A_condition_is_judged_by_the_interval(string condition, ThresholdOutcome expected)
    {
        var result = Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead(condition), RunComparer.Compare(Run(("on", 110)), Run(("on", 121)))));

        Assert.Equal(("on", expected), (result.Arm, result.Outcome));
        Assert.Equal(expected == ThresholdOutcome.Violated, result.Fails(failOnInconclusive: false));
        Assert.Equal(expected != ThresholdOutcome.Proven, result.Fails(failOnInconclusive: true));
    }

    [Fact]
    public void An_arm_that_only_the_first_run_has_does_not_pass_and_one_that_is_new_does()
    {
        var pair = RunComparer.Compare(Run(("on", 110), ("gone", 120)), Run(("on", 110), ("new", 300)));

        var results = RunComparer.Judge(ChangeCondition.ParseOverhead("cpu>+5%"), pair);

        Assert.Equal([("on", false), ("gone", true)], results.Select(result => (result.Arm!, result.Fails(failOnInconclusive: false))));
        Assert.True(Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead("cpu{nobody}>+5%"), pair)).Fails(failOnInconclusive: false));
    }

    [Fact]
    public void A_run_that_is_not_trusted_leaves_every_condition_undecided()
    {
        var second = Run(("on", 121));
        var pair = RunComparer.Compare(Run(("on", 110)), second with { Trust = second.Trust with { Level = TrustLevel.Untrusted } });

        Assert.Equal(ThresholdOutcome.NotDecided, Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead("cpu>+5%"), pair)).Outcome);
    }

    [Fact]
    public void What_one_of_the_runs_lacks_is_named()
    {
        var pair = RunComparer.Compare(Run(("on", 110), ("mine", 120)), Run(("on", 110), ("yours", 130)));

        Assert.Equal(["on"], pair.Overheads.Select(arm => arm.Arm).Distinct());
        Assert.Equal([new("mine", null, IsInFirst: true), new("yours", null, IsInFirst: false)], pair.LeftOut);
    }

    [Fact]
    public void A_metric_that_one_of_the_runs_did_not_measure_is_named()
    {
        var blind = Run(launch => launch with { Arms = [.. launch.Arms.Select(arm => arm with { ResponseTime = null })] }, ("on", 110));

        var pair = RunComparer.Compare(Run(("on", 110)), blind);

        Assert.DoesNotContain(pair.Overheads, entry => entry.Metric == MetricId.P50);
        Assert.Contains(new RunComparisonGap("on", MetricId.P50, IsInFirst: true), pair.LeftOut);
    }

    [Fact]
    public void A_run_that_may_decide_nothing_decides_nothing_here_either()
    {
        var pair = RunComparer.Compare(Run(("on", 110)), Run(("on", 200), ("off'", 130)));

        Assert.Equal(Verdict.Invalid, Cpu(pair.Overheads, "on").Verdict);
        Assert.Equal(TrustLevel.Untrusted, Assert.Single(pair.NotTrusted).Trust.Level);
    }

    [Fact]
    public void The_control_is_a_check_and_not_compared() =>
        Assert.DoesNotContain(RunComparer.Compare(Run(("on", 110)), Run(("on", 110))).Overheads, pair => pair.Arm == "off'");

    [Fact]
    public void Settings_that_differ_are_named()
    {
        var first = Run(("on", 110));
        var second = first with { Plan = first.Plan with { RatePerSecond = 500, Arms = [.. first.Plan.Arms.Select(arm => arm.Name == "on" ? arm with { Environment = new Dictionary<string, string> { ["A"] = "b" } } : arm)] } };

        Assert.Equal(
            [new(RunSetting.RatePerSecond, "1,000", "500"), new(RunSetting.Environment, null, null) { Arm = "on" }],
            RunComparer.Compare(first, second).SettingDifferences);
        Assert.Empty(RunComparer.Compare(first, first).SettingDifferences);
    }

    [Fact]
    public void Another_program_of_an_arm_is_a_setting_that_differs()
    {
        var first = Run(("on", 110));
        var second = first with { Plan = first.Plan with { Arms = [.. first.Plan.Arms.Select(arm => arm.Name == "on" ? arm with { Program = new ArmProgram(["next"], null) } : arm)] } };

        Assert.Equal([new(RunSetting.Program, null, null) { Arm = "on" }], RunComparer.Compare(first, second).SettingDifferences);
    }

    // An arm that sends nothing is cheap for the wrong reason.
    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public void An_arm_whose_fault_hides_its_cost_does_not_pass(string faulty)
    {
        var second = Run(("on", 95));
        second = second with
        {
            Arms =
            [
                .. second.Arms.Select(arm => arm.Name != faulty ? arm : arm with
                {
                    Health = arm.Health with { State = ArmState.Broken, Faults = [new ArmFault(ArmFaultKind.NothingExported, 0, 24_000, 6)] },
                }),
            ],
        };

        var result = Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead("cpu>+5%"), RunComparer.Compare(Run(("on", 110)), second)));

        Assert.Equal((true, ThresholdOutcome.NotDecided, true), (result.IsFaulty, result.Outcome, result.Fails(failOnInconclusive: false)));
    }

    [Fact]
    public void Changes_against_different_baselines_are_not_compared()
    {
        var second = Run(("on", 150));
        second = second with { Arms = [.. second.Arms.Select(arm => arm.Role == Experiments.Plans.ArmRole.Baseline ? arm with { Name = "none" } : arm)] };

        var pair = RunComparer.Compare(Run(("on", 110)), second);

        Assert.All(pair.Overheads, change => Assert.Equal(Verdict.Invalid, change.Verdict));
        Assert.Equal(ThresholdOutcome.NotDecided, Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead("cpu>+5%"), pair)).Outcome);
    }

    // The control of the second run has a median of 0.4 to 2.2 ms where its baseline's is 1 ms, the arm one of 4 ms: what is beyond
    // +200 % is beyond +10 % too.
    [Theory]
    [InlineData("p50>+10%", ThresholdOutcome.Violated)]
    [InlineData("p50>+200%", ThresholdOutcome.Violated)]
    [InlineData("p50>+500%", ThresholdOutcome.Proven)]
    [InlineData("cpu>+10%", ThresholdOutcome.Proven)]
    public void A_condition_on_a_metric_is_decided_by_more_than_its_control_moved(string condition, ThresholdOutcome expected)
    {
        var first = Run(("on", 110));
        var second = Run(launch => Waiting(launch, controlMoves: true), ("on", 110));

        var pair = RunComparer.Compare(first, second);
        var result = Assert.Single(RunComparer.Judge(ChangeCondition.ParseOverhead(condition), pair));

        Assert.Equal((expected, expected == ThresholdOutcome.NotDecided), (result.Outcome, result.Obstacle is ThresholdObstacle.ControlMoved));
        Assert.Equal(expected == ThresholdOutcome.Violated, result.Fails(failOnInconclusive: false));
    }

    [Theory]
    [InlineData(true, Verdict.Inconclusive)]
    [InlineData(false, Verdict.Slower)]
    public void A_change_from_one_run_to_another_is_no_verdict_where_a_control_moved_as_much(bool controlMoves, Verdict expected)
    {
        var pair = RunComparer.Compare(Run(("on", 110)), Run(launch => Waiting(launch, controlMoves, factor: 1.5), ("on", 110)));

        var change = pair.Overheads.Single(entry => entry.Arm == "on" && entry.Metric == MetricId.P50);
        Assert.Equal((expected, controlMoves), (change.Verdict, change.IsOverruledByControl));
    }

    private static Experiments.Results.LaunchRecord Waiting(Experiments.Results.LaunchRecord launch, bool controlMoves, double factor = 4) => launch with
    {
        Arms =
        [
            .. launch.Arms.Select(arm => arm with
            {
                ResponseTime = LabRun.Latency(arm.Arm switch
                {
                    "on" => 0.001 * factor,
                    "off'" when controlMoves => 0.0002 * (1 + launch.Number),
                    _ => 0.001,
                }),
            }),
        ],
    };

    private static MetricChange Cpu(IReadOnlyList<MetricChange> pairs, string arm) => pairs.Single(pair => pair.Arm == arm && pair.Metric == MetricId.Cpu);

    private static RunAnalysis Run(params (string Arm, double Microseconds)[] costs) => Run(launch => launch, costs);

    // Ten launch sets; every arm costs 100 us where nothing else is said, and 0.1 % more or less from launch set to launch set.
    private static RunAnalysis Run(Func<Experiments.Results.LaunchRecord, Experiments.Results.LaunchRecord> change, params (string Arm, double Microseconds)[] costs)
    {
        var named = costs.ToDictionary(cost => cost.Arm, cost => cost.Microseconds);
        var plan = LabRun.Plan(10, [.. named.Keys.Where(name => name is not ("off" or "off'"))]);
        var random = new Random(20261123);
        var launches = Enumerable.Range(1, plan.LaunchSets)
            .Select(number => change(LabRun.Launch(number, [.. plan.Arms.Select(arm => LabRun.Arm(arm.Name, named.GetValueOrDefault(arm.Name, 100) * Microsecond * (1 + (0.002 * (random.NextDouble() - 0.5)))))])))
            .ToArray();
        return LabRun.Analyze(plan, launches);
    }
}
