using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Generators;
using static PerfLab.Analysis.Tests.Decisions.DecisionCases;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>Arms that are shown to cost the same: up to 5 % of CPU and of bytes sent, 1 % of allocation and 20 % of p99 do not matter.</summary>
public sealed class SameCostsTests
{
    [Fact]
    public void A_variant_that_is_shown_to_cost_the_same_as_the_baseline_is_listed() =>
        Assert.Equal([("same", "off")], Pairs(Arm("same", 1.001, kept: 1), Arm("always-on", 1.20, kept: 1)));

    [Fact]
    public void Two_variants_that_are_shown_to_cost_the_same_are_listed_with_what_is_the_same()
    {
        var pair = Assert.Single(Analyze(LaunchSets, null, Arm("batch-64", 1.20, kept: 1, wireBytes: 800_000), Arm("batch-512", 1.20, kept: 1, wireBytes: 801_000)).Decision!.SameCosts);

        Assert.Equal(("batch-512", "batch-64"), (pair.Arm, pair.Other));
        Assert.Equal([MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes, MetricId.P99], pair.Metrics);
        Assert.Empty(pair.Open);
    }

    [Theory]
    [InlineData(1.3, 1, 1, 800_000)]
    [InlineData(1.2, 1.02, 1, 800_000)]
    [InlineData(1.2, 1, 1.5, 800_000)]
    [InlineData(1.2, 1, 1, 1_600_000)]
    [InlineData(1.2, 1, 1, 0)]
    public void Two_variants_that_differ_in_one_cost_do_not_cost_the_same(double cost, double allocates, double waits, long wireBytes) =>
        Assert.Empty(Pairs(Arm("one", 1.20, kept: 1, wireBytes: 800_000), Arm("other", cost, kept: 1, wireBytes: wireBytes) with { Allocates = allocates, Waits = waits }));

    [Fact]
    public void A_99th_percentile_that_settles_nothing_is_named_as_open() =>
        Assert.Equal([MetricId.P99], Assert.Single(Analyze(LaunchSets, null, Arm("one", 1.20, kept: 1), Arm("other", 1.20, kept: 1) with { Waits = 0.6, WaitsMoreEachTime = 0.1 }).Decision!.SameCosts).Open);

    // With six launch sets the interval reaches from the smallest change to the largest: 0 to 50 %, or -33 % to 0.
    [Theory]
    [InlineData("one", "other")]
    [InlineData("other", "one")]
    public void A_99th_percentile_whose_interval_ends_at_zero_is_open_too(string faster, string slower)
    {
        double?[] seconds = [0.0030, 0.0033, 0.0036, 0.0039, 0.0042, 0.0045];

        var pair = OneAndOther(Alike()
            .With(faster, MetricId.P99, p99 => p99 with { Samples = [.. seconds.Select(_ => seconds[0])] })
            .With(slower, MetricId.P99, p99 => p99 with { Samples = seconds }));

        Assert.Equal([MetricId.P99], pair!.Open);
        Assert.Equal([MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes], pair.Metrics);
    }

    // 5 % less to 5 % more. Only response times are left open.
    [Fact]
    public void Arms_whose_allocation_settles_nothing_are_not_shown_to_cost_the_same() =>
        Assert.Null(OneAndOther(Alike().With("other", MetricId.Allocation, allocation => allocation with { Samples = [9_500, 9_700, 9_900, 10_100, 10_300, 10_500] })));

    [Fact]
    public void A_cost_that_no_launch_set_measured_is_left_out()
    {
        var basis = Alike().With("one", MetricId.Allocation, NotMeasured).With("other", MetricId.Allocation, NotMeasured);

        Assert.Equal([MetricId.Cpu, MetricId.ExportedBytes, MetricId.P99], OneAndOther(basis)!.Metrics);
    }

    [Fact]
    public void A_cost_that_one_launch_set_did_not_measure_is_not_shown_to_be_the_same() =>
        Assert.Null(OneAndOther(Alike().With("other", MetricId.Allocation, allocation => allocation with { Samples = [null, .. allocation.Samples.Skip(1)] })));

    [Fact]
    public void Arms_whose_CPU_was_not_measured_are_not_shown_to_cost_the_same() =>
        Assert.Null(OneAndOther(Alike().With("one", MetricId.Cpu, NotMeasured).With("other", MetricId.Cpu, NotMeasured)));

    // wrk waits for a slow response before it sends the next request.
    [Fact]
    public void A_99th_percentile_that_the_load_tool_cannot_judge_is_left_out()
    {
        var run = Analyze(
            LabRun.Plan(6, "on") with { Generator = new GeneratorDefinition("wrk") },
            (_, arm) => arm.Arm == "on" ? LabRun.Arm("on", p50Seconds: 0.002) : arm);

        var pair = Assert.Single(run.Decision!.SameCosts);
        Assert.Equal([MetricId.Cpu, MetricId.Allocation, MetricId.ExportedBytes], pair.Metrics);
        Assert.Empty(pair.Open);
    }

    [Fact]
    public void A_run_whose_control_moved_does_not_show_that_arms_cost_the_same()
    {
        Variant[] variants = [Arm("one", 1.20, kept: 1), Arm("same", 1.20, kept: 1)];

        Assert.NotEmpty(Analyze(LaunchSets, null, variants).Decision!.SameCosts);
        var moved = Analyze(LaunchSets, null, controlCost: 1.08, variants);

        Assert.Equal(TrustLevel.Untrusted, moved.Trust.Level);
        Assert.Empty(moved.Decision!.SameCosts);
    }

    private static IEnumerable<(string Arm, string Other)> Pairs(params Variant[] variants) =>
        Analyze(LaunchSets, null, variants).Decision!.SameCosts.Select(pair => (pair.Arm, pair.Other));

    private static DecisionBasis Alike() => Analyze(LabRun.Plan(6, "one", "other"), (_, arm) => arm).Basis();

    private static SameCost? OneAndOther(DecisionBasis basis) => SameCosts.Of(basis).SingleOrDefault(pair => pair is { Other: "one", Arm: "other" });

    private static MetricComparison NotMeasured(MetricComparison comparison) => comparison with { Samples = [.. comparison.Samples.Select(_ => (double?)null)] };
}
