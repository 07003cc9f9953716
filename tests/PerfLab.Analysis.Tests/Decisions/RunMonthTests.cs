using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>
/// A month of 365.25 / 12 days has 2,629,800 s; at 100 requests/s it has 262,980,000 requests. An arm that keeps everything sends
/// 200 B and 2.5 spans of one trace for each: 52.596 GB, 657.45 million spans, 262.98 million traces.
/// </summary>
public sealed class RunMonthTests
{
    private const double Requests = 262_980_000;

    private static readonly TrafficDefinition s_traffic = new(100, 4, 30);

    private static readonly PricingPlan s_perGigabyte = Plan("by volume", new(PriceUnit.Gigabyte, 0.05, 0, null), new(PriceUnit.Gigabyte, 0.40, 50, null));

    private static readonly PricingPlan s_perHost = Plan("by host", new Price(PriceUnit.Host, 31, 0, 150));

    // 0.05 of all and 0.40 of what is beyond 50 GB: 2.6298 + 1.0384.
    [Theory]
    [InlineData(PriceUnit.Gigabyte, 0.40, 50, 1.0384)]
    [InlineData(PriceUnit.Gigabyte, 0.05, 0, 2.6298)]
    [InlineData(PriceUnit.StoredGigabyte, 1, 0, 51.838)]
    [InlineData(PriceUnit.MillionSpans, 0.09, 0, 59.1705)]
    [InlineData(PriceUnit.MillionTraces, 5, 0.1, 1314.4)]
    [InlineData(PriceUnit.Host, 31, 0, 124)]
    public void Each_unit_is_billed_for_what_is_sent(PriceUnit unit, double price, double free, double expected)
    {
        var costs = Month([Plan("plan", new Price(unit, price, free, null))], Arm("always-on", 1.10, 1)).Plans[0];

        Assert.Equal(expected, costs.Arms.Single(cost => cost.Arm == "always-on").Money!.Estimate, 0.0005 * expected);
        Assert.Equal(0, costs.Arms.Single(cost => cost.Arm == "off").Money!.Estimate);
    }

    // A tenth of 400 us more: 40 us, 0.004 cores at 100/s, 2.922 core hours in 730.5 hours.
    [Fact]
    public void Core_hours_are_billed_as_far_as_an_arm_takes_more_than_the_baseline_with_the_range_of_the_difference()
    {
        var month = Month([Plan("own", new Price(PriceUnit.CoreHour, 10, 0, null))], Arm("always-on", 1.10, 1));
        var extra = month.Arms.Single(arm => arm.Arm == "always-on").ExtraCores!;
        var money = month.Plans[0].Arms.Single(cost => cost.Arm == "always-on").Money!;

        Assert.Equal(0.004, extra.Estimate, 0.0001);
        Assert.Equal((extra.Low * 7305, extra.Estimate * 7305, extra.High * 7305), (money.Low, money.Estimate, money.High), Close);
        Assert.True(money.Low < money.High);
        Assert.Equal(0.044, month.Arms.Single(arm => arm.Arm == "always-on").Cores!.Estimate, 0.0002);
        Assert.Equal(0, month.Plans[0].Arms.Single(cost => cost.Arm == "off").Money!.High);
    }

    [Fact]
    public void The_cheapest_arm_depends_on_what_is_billed()
    {
        var month = Month([s_perGigabyte, s_perHost], Arm("ratio-10", 1.03, 0.1), Arm("always-on", 1.10, 1));

        Assert.Equal(["ratio-10"], month.Plans[0].Cheapest);
        Assert.Equal(["ratio-10", "always-on"], month.Plans[1].Cheapest);
    }

    [Fact]
    public void An_arm_that_keeps_no_trace_is_not_the_cheapest_and_neither_is_one_that_misses_a_condition()
    {
        var variants = new[] { Arm("always-off", 1.01, 0), Arm("ratio-10", 1.03, 0.1), Arm("always-on", 1.10, 1) };

        Assert.Equal(["ratio-10"], Month([s_perGigabyte], variants).Plans[0].Cheapest);
        Assert.Equal(["always-on"], Analyze(8, new DecisionDefinition([], ["traces_kept>=50%"], null), [s_perGigabyte], variants).Month!.Plans[0].Cheapest);
        Assert.Empty(Analyze(8, new DecisionDefinition(["cpu<1%"], [], null), [s_perGigabyte], variants).Month!.Plans[0].Cheapest);
    }

    // A bill for less than everything is a lower bound, and core hours are a change against the baseline.
    [Theory]
    [InlineData("first", "second", PriceUnit.Gigabyte)]
    [InlineData("off", "first", PriceUnit.Gigabyte)]
    [InlineData("off", null, PriceUnit.CoreHour)]
    [InlineData("off", null, PriceUnit.Gigabyte, PriceUnit.CoreHour)]
    public void An_arm_that_loses_spans_is_not_the_cheapest_and_none_is_against_such_a_baseline(string faulty, string? cheapest, params PriceUnit[] units)
    {
        var analysis = WithFault(faulty, received: 2_800, units);

        Assert.Equal(ArmState.Impaired, analysis.Arm(faulty).Health.State);
        Assert.Equal([faulty], analysis.Month!.Plans[0].Arms.Where(cost => cost.IsAtLeast).Select(cost => cost.Arm));
        Assert.Equal(cheapest is null ? [] : [cheapest], analysis.Month!.Plans[0].Cheapest.Take(1));
    }

    [Fact]
    public void An_arm_that_delivers_more_spans_than_it_sampled_is_not_the_cheapest_and_its_bill_is_no_lower_bound()
    {
        var analysis = WithFault("first", received: 5_000, PriceUnit.Gigabyte);

        Assert.Equal(ArmState.Impaired, analysis.Arm("first").Health.State);
        Assert.DoesNotContain(analysis.Month!.Plans[0].Arms, cost => cost.IsAtLeast);
        Assert.Equal(["second"], analysis.Month.Plans[0].Cheapest);
    }

    [Fact]
    public void A_broken_arm_has_no_bill()
    {
        var analysis = WithFault("first", received: 0, PriceUnit.Gigabyte);

        Assert.Equal(ArmState.Broken, analysis.Arm("first").Health.State);
        Assert.Equal(["first"], analysis.Month!.Plans[0].Arms.Where(cost => cost.Money is null).Select(cost => cost.Arm));
    }

    // Four hosts include 4 x 10 GB, and 52.6 GB are sent.
    [Fact]
    public void Beyond_what_a_host_includes_the_cost_is_a_lower_bound_and_decides_nothing()
    {
        var plan = Plan("by host", new Price(PriceUnit.Host, 31, 0, 10));
        var analysis = Analyze(8, new DecisionDefinition(["cost<1000/month"], [], null), [plan], Arm("ratio-10", 1.03, 0.1), Arm("always-on", 1.10, 1));

        // Four hosts at 31 are 124 and more.
        var exceeded = Analyze(8, new DecisionDefinition(["cost<124/month"], [], null), [plan], Arm("ratio-10", 1.03, 0.1), Arm("always-on", 1.10, 1)).Decision!;
        Assert.Equal((ThresholdOutcome.Violated, new ThresholdObstacle.BeyondIncluded()), (exceeded.Arms[1].Conditions[0].Outcome, exceeded.Arms[1].Conditions[0].Obstacle));
        Assert.Equal([false, false, true], analysis.Month!.Plans[0].Arms.Select(cost => cost.IsAtLeast));
        Assert.Equal([ThresholdOutcome.Proven, ThresholdOutcome.NotDecided], analysis.Decision!.Arms.Select(arm => arm.Conditions[0].Outcome));
        Assert.Equal(["ratio-10"], analysis.Month.Plans[0].Cheapest);
    }

    // What each of four hosts includes by each price, where 52.596 GB are sent.
    [Theory]
    [InlineData(false, 13.149)]
    [InlineData(true, 13.148)]
    [InlineData(false, 7.0, 7.0)]
    public void A_bill_is_a_lower_bound_where_more_is_sent_than_all_hosts_include(bool isAtLeast, params double[] gigabytes) =>
        Assert.Equal(isAtLeast, AlwaysOn(Plan("by host", [.. gigabytes.Select(included => new Price(PriceUnit.Host, 31, 0, included))])).IsAtLeast);

    [Fact]
    public void A_price_beside_that_of_the_hosts_does_not_raise_what_they_include() =>
        Assert.True(AlwaysOn(Plan("by host and trace", new(PriceUnit.Host, 31, 0, 10), new(PriceUnit.MillionTraces, 1, 0, null))).IsAtLeast);

    // The number of hosts is known, and the bytes have an interval.
    [Fact]
    public void The_confidence_level_of_a_bill_is_the_lowest_of_what_is_billed()
    {
        var month = Month([Plan("by host and volume", new(PriceUnit.Host, 31, 0, null), new(PriceUnit.Gigabyte, 0.05, 0, null))], Arm("always-on", 1.10, 1));

        var level = month.Arms[1].SentBytes!.ConfidenceLevel;
        Assert.InRange(level, 0.95, 0.9999);
        Assert.Equal(level, month.Plans[0].Arms[1].Money!.ConfidenceLevel);
    }

    [Theory]
    [InlineData("cost<4/month", ThresholdOutcome.Proven)]
    [InlineData("cost<3/month", ThresholdOutcome.Violated)]
    public void A_budget_of_money_is_judged_by_the_first_plan(string condition, ThresholdOutcome expected) =>
        Assert.Equal(expected, Analyze(8, new DecisionDefinition([condition], [], null), [s_perGigabyte, s_perHost], Arm("always-on", 1.10, 1)).Decision!.Arms[0].Outcome);

    // Nine spans in ten are dropped by the collector and reach no back end.
    [Fact]
    public void What_tail_sampling_in_the_collector_drops_is_not_billed()
    {
        var record = new TailSamplingRecord
        {
            KeptByRule = [400],
            DroppedTraceCount = 3_600,
            CutShortTraceCount = 0,
            DroppedForRoomTraceCount = 0,
            KeptSpanCount = 1_000,
            DroppedSpanCount = 9_000,
            LateSpanCount = 0,
        };
        var analysis = Analyze(8, null, [s_perGigabyte], [Arm("tail", 1.10, 1)], record);
        var arm = analysis.Month!.Arms.Single(entry => entry.Arm == "tail");

        Assert.Equal(Requests * 20, arm.SentBytes!.Estimate, Requests * 0.001);
        Assert.Equal(Requests * 0.25, arm.Spans!.Estimate, Requests * 0.001);
        Assert.Equal(Requests * 0.1, arm.Traces!.Estimate, Requests * 0.001);

        // 5.3 GB are sent on, and the service itself sends 52.6.
        Assert.Equal(ThresholdOutcome.Proven, WithBudget("exported<10GB/month"));
        Assert.Equal(ThresholdOutcome.Violated, WithBudget("exported<100B"));

        ThresholdOutcome WithBudget(string budget) =>
            Analyze(8, new DecisionDefinition([budget], [], 100), [s_perGigabyte], [Arm("tail", 1.10, 1)], record).Decision!.Arms.Single(entry => entry.Arm == "tail").Outcome;
    }

    // The control takes 0.5 to 2.4 times the CPU of the baseline, in the middle some 20 % more, and the arm 10 % more.
    [Fact]
    public void Money_for_CPU_is_decided_by_no_more_than_the_control_allows()
    {
        double[] control = [0.5, 2.4, 0.6, 2.2, 1.5, 1.6, 0.7, 1.9];
        var analysis = LabRun.Analyze(
            LabRun.Plan(8, "on") with { Decision = new DecisionDefinition(["cost<1/month"], [], null) { Traffic = s_traffic, Pricing = [Plan("own", new Price(PriceUnit.CoreHour, 10, 0, null))] } },
            [.. Enumerable.Range(1, 8).Select(number => LabRun.Launch(
                number,
                LabRun.Arm("off"),
                LabRun.Arm("off'", cpuSeconds: 0.0004 * control[number - 1]),
                LabRun.Arm("on", cpuSeconds: 0.00044) with { Spans = LabRun.Ledger(4_000, 4_000, 800_000) }))]);

        var condition = analysis.Decision!.Arms.Single(arm => arm.Arm == "on").Conditions[0];
        Assert.Equal(ThresholdOutcome.NotDecided, condition.Outcome);
        Assert.IsType<ThresholdObstacle.ControlMoved>(condition.Obstacle);
    }

    [Fact]
    public void A_run_of_too_few_launch_sets_prices_nothing_and_names_no_cheapest_arm()
    {
        var month = Analyze(5, null, [s_perGigabyte], Arm("always-on", 1.10, 1)).Month!;

        Assert.All(month.Plans[0].Arms, cost => Assert.Null(cost.Money));
        Assert.Empty(month.Plans[0].Cheapest);
    }

    [Fact]
    public void Without_traffic_there_is_no_month() =>
        Assert.Null(LabRun.Analyze(LabRun.Plan(8, "on"), [.. Enumerable.Range(1, 8).Select(number => LabRun.Launch(number, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on")))]).Month);

    private static bool Close((double Low, double Estimate, double High) one, (double Low, double Estimate, double High) other) =>
        Math.Abs(one.Low - other.Low) < 1e-9 && Math.Abs(one.Estimate - other.Estimate) < 1e-9 && Math.Abs(one.High - other.High) < 1e-9;

    private static PricingPlan Plan(string name, params Price[] prices) => new(name, new DateOnly(2026, 11, 29), "https://example.com/pricing", "USD", null, prices);

    private static RunMonth Month(PricingPlan[] pricing, params (string Name, double Cost, double Kept)[] variants) => Analyze(8, null, pricing, variants).Month!;

    private static ArmCost AlwaysOn(PricingPlan plan) => Month([plan], Arm("always-on", 1.10, 1)).Plans[0].Arms[1];

    // The baseline sends more than the variants, and the first of these half as much as the second.
    private static RunAnalysis WithFault(string faulty, long received, params PriceUnit[] units) => DecisionCases.Analyze(
        LabRun.Plan(6, "first", "second") with { Decision = new DecisionDefinition([], [], null) { Traffic = s_traffic, Pricing = [Plan("plan", [.. units.Select(unit => new Price(unit, 1, 0, null))])] } },
        (_, arm) => arm with { Spans = LabRun.Ledger(4_000, arm.Arm == faulty ? received : 4_000, arm.Arm switch { "first" => 400_000, "second" => 800_000, _ => 1_200_000 }) });

    private static (string Name, double Cost, double Kept) Arm(string name, double cost, double kept) => (name, cost, kept);

    private static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, PricingPlan[] pricing, params (string Name, double Cost, double Kept)[] variants) =>
        Analyze(launchSets, decision, pricing, variants, tail: null);

    private static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, PricingPlan[] pricing, (string Name, double Cost, double Kept)[] variants, TailSamplingRecord? tail)
    {
        var random = new Random(20_261_129);
        return LabRun.Analyze(
            LabRun.Plan(launchSets, [.. variants.Select(variant => variant.Name)]) with { Decision = (decision ?? new DecisionDefinition([], [], null)) with { Traffic = s_traffic, Pricing = pricing } },
            [
                .. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(
                    number,
                    [LabRun.Arm("off", cpuSeconds: Cost(1)), LabRun.Arm("off'", cpuSeconds: Cost(1)), .. variants.Select(Record)])),
            ]);

        ArmRecord Record((string Name, double Cost, double Kept) variant)
        {
            var sampled = (long)(10_000 * variant.Kept);
            var arm = LabRun.Arm(variant.Name, cpuSeconds: Cost(variant.Cost));
            return arm with
            {
                Spans = LabRun.Ledger(sampled, sampled, (long)(800_000 * variant.Kept)) with { CreatedCount = 10_000, NotSampledCount = 10_000 - sampled },
                Collector = arm.Collector! with { Tail = tail },
            };
        }

        double Cost(double factor) => 0.0004 * factor * (1 + (0.004 * ((2 * random.NextDouble()) - 1)));
    }
}
