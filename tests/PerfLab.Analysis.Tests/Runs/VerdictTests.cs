using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Statistics.Tests;

namespace PerfLab.Analysis.Tests.Runs;

public class VerdictTests
{
    private const int SeedEqualArms = 20_261_107;
    private const int SeedFalseAlarms = 20_261_108;

    /// <summary>Launch-set noise of 2 % (the spread of real launch sets), four arms that are all the same, 100 experiments.</summary>
    [Fact]
    public void Equal_arms_are_never_called_slower()
    {
        Simulations.SkipWhereUnwanted();
        var random = new Random(SeedEqualArms);
        for (var experiment = 0; experiment < 100; experiment++)
        {
            var analysis = Experiment(random, 8, noise: 0.02, "a", "b", "c");

            Assert.All(
                analysis.Arms.SelectMany(arm => arm.Metrics),
                metric => Assert.False(metric.Verdict is Verdict.Slower or Verdict.Faster));
        }
    }

    /// <summary>The same with a practical threshold of next to nothing, where every verdict rests on significance alone.</summary>
    [Fact]
    public void Some_variant_is_called_different_by_mistake_in_at_most_five_percent_of_experiments()
    {
        Simulations.SkipWhereUnwanted();
        const int experiments = 400;
        var random = new Random(SeedFalseAlarms);
        var alarms = 0;
        for (var experiment = 0; experiment < experiments; experiment++)
        {
            var plan = LabRun.Plan(9, "a", "b", "c", "d") with
            {
                PracticalThresholds = new Dictionary<MetricId, double> { [MetricId.Cpu] = 1e-9 },
            };
            var analysis = LabRun.Analyze(plan, Launches(random, 9, 0.02, "a", "b", "c", "d"));
            alarms += new[] { "a", "b", "c", "d" }.Any(arm => analysis.Metric(arm, MetricId.Cpu).Verdict is Verdict.Slower or Verdict.Faster) ? 1 : 0;
        }

        // Counting error: sqrt(0.05 * 0.95 / 400) = 1.1 %; two of them on top of 5 %.
        Assert.InRange((double)alarms / experiments, 0, 0.072);
    }

    [Fact]
    public void A_cost_of_ten_percent_is_found()
    {
        // 400 us against 440 us with the launch sets' own factor on both and +-0.4 % between: all ratios lie in 9.5 to 10.5 %.
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6, (i, launch) => launch("on", 0.00044 * (1 + (0.001 * (i - 2.5))))));
        var cpu = analysis.Metric("on", MetricId.Cpu);

        Assert.Equal(Verdict.Slower, cpu.Verdict);
        Assert.InRange(cpu.Ratio!.Estimate, 0.095, 0.105);
        Assert.True(cpu.Ratio.Low > 0.095 && cpu.Ratio.High < 0.105);
        Assert.Equal(0.96875, cpu.Ratio.ConfidenceLevel, 12); // 1 - 2/64
        Assert.Equal(0.00004, cpu.Difference!.Estimate, 5);
        Assert.Equal(2 / 64.0, cpu.AdjustedPValue);
        Assert.Equal(2 / 64.0, cpu.AdjustedThresholdPValue);
        Assert.Null(cpu.Missing);
        Assert.Null(cpu.Undecided);
    }

    [Fact]
    public void A_saving_of_ten_percent_is_found_too()
    {
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6, (i, launch) => launch("on", 0.00036 * (1 + (0.001 * (i - 2.5))))));

        Assert.Equal(Verdict.Faster, analysis.Metric("on", MetricId.Cpu).Verdict);
    }

    [Fact]
    public void A_change_inside_the_limits_is_the_same()
    {
        // +1 % with +-0.3 %: inside +-5 %, although it is not zero (all six on one side).
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6, (i, launch) => launch("on", 0.000404 * (1 + (0.001 * (i - 2.5))))));
        var cpu = analysis.Metric("on", MetricId.Cpu);

        Assert.Equal(Verdict.Same, cpu.Verdict);
        Assert.Equal(2 / 64.0, cpu.AdjustedPValue);
    }

    [Fact]
    public void An_interval_across_a_limit_decides_nothing_and_says_what_would_be_found()
    {
        // Ratios 1.00, 1.02, 1.04, 1.06, 1.08, 1.10: the interval is 0 to 10 %, across +5 %.
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), Launches(6, (i, launch) => launch("on", 0.0004 * (1 + (0.02 * i)))));
        var cpu = analysis.Metric("on", MetricId.Cpu);

        Assert.Equal(Verdict.Inconclusive, cpu.Verdict);
        Assert.Equal(new UndecidedVerdict(UndecidedReason.CrossesThreshold, 1, 6, 6), cpu.Undecided);

        // SD of ln(1.00 ... 1.10) is 0.0357 (0.0374 of the ratios over their mean 1.05); times 1.7927 is 0.0640: 6.6 %.
        Assert.Equal(0.066, cpu.DetectableEffect!.Value, 3);
    }

    [Fact]
    public void Many_variants_and_few_launch_sets_cannot_prove_anything_and_the_needed_number_is_said()
    {
        // Five variants at +20 % on six launch sets: 5 * 2/64 = 0.16 at best. With 8: 5 * 2/256 = 0.039.
        string[] variants = ["a", "b", "c", "d", "e"];
        var six = LabRun.Analyze(LabRun.Plan(6, variants), Launches(6, (i, launch) => Array.ForEach(variants, arm => launch(arm, 0.00048 * (1 + (0.001 * i))))));
        var eight = LabRun.Analyze(LabRun.Plan(8, variants), Launches(8, (i, launch) => Array.ForEach(variants, arm => launch(arm, 0.00048 * (1 + (0.001 * i))))));

        Assert.Equal(Verdict.Inconclusive, six.Metric("a", MetricId.Cpu).Verdict);
        Assert.Equal(new UndecidedVerdict(UndecidedReason.OutOfReach, 5, 6, 8), six.Metric("a", MetricId.Cpu).Undecided);
        Assert.Equal(5 * 2 / 64.0, six.Metric("a", MetricId.Cpu).AdjustedPValue);
        Assert.Contains(six.Findings, finding => finding.Code == "too-few-launch-sets");
        Assert.Equal(Verdict.Slower, eight.Metric("a", MetricId.Cpu).Verdict);
        Assert.DoesNotContain(eight.Findings, finding => finding.Code == "too-few-launch-sets");
    }

    [Fact]
    public void A_result_that_only_Holm_refuses_says_so()
    {
        // Eight launch sets, four variants. "a" has one launch set below +5 % by 0.3 and seven above by 1 to 7 points: W- = 1,
        // two-sided p 2 * 2/256 = 0.0156 and the interval above +5 %, but among four 4 * 0.0156 = 0.0625 is not enough.
        double[] a = [0.047, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12];
        var analysis = LabRun.Analyze(
            LabRun.Plan(8, "a", "b", "c", "d"),
            Launches(8, (i, launch) =>
            {
                foreach (var arm in new[] { "a", "b", "c", "d" })
                {
                    launch(arm, 0.0004 * (1 + a[i]));
                }
            }));
        var cpu = analysis.Metric("a", MetricId.Cpu);

        Assert.True(cpu.Ratio!.Low > 0.05);
        Assert.Equal(4 * 2 * 2 / 256.0, cpu.AdjustedThresholdPValue!.Value, 12);
        Assert.Equal(Verdict.Inconclusive, cpu.Verdict);
        Assert.Equal(new UndecidedVerdict(UndecidedReason.NotAfterAdjustment, 4, 8, 8), cpu.Undecided);
    }

    [Fact]
    public void The_control_is_no_member_of_the_family()
    {
        // The control at +20 % is judged by its own interval although five variants stand beside it.
        string[] variants = ["a", "b", "c", "d", "e"];
        var analysis = LabRun.Analyze(
            LabRun.Plan(6, variants),
            Launches(6, (i, launch) =>
            {
                launch("off'", 0.00048 * (1 + (0.001 * i)));
                Array.ForEach(variants, arm => launch(arm, 0.0004 * (1 + (0.001 * i))));
            }));

        Assert.Equal(Verdict.Slower, analysis.Metric("off'", MetricId.Cpu).Verdict);
        Assert.Equal(2 / 64.0, analysis.Metric("off'", MetricId.Cpu).AdjustedPValue);
        Assert.Null(analysis.Metric("off'", MetricId.Cpu).AdjustedThresholdPValue);
    }

    // That a cost above some bound could not have been missed is a claim too: a control that moved as much does not bear it out.
    [Theory]
    [InlineData(MetricId.P50, 0.3, 0.0, UndecidedReason.ControlMoved)]
    [InlineData(MetricId.P50, 0.01, 0.0, UndecidedReason.Unknown)]
    [InlineData(MetricId.Cpu, 0.001, 0.08, UndecidedReason.ControlMoved)]
    public void Nothing_is_ruled_out_that_the_control_did_as_well(MetricId metric, double controlSpread, double controlShift, UndecidedReason reason)
    {
        var analysis = LabRun.Analyze(
            LabRun.Plan(8, "on"),
            [
                .. Enumerable.Range(1, 8).Select(number => LabRun.Launch(
                    number,
                    LabRun.Arm("off"),
                    Varied("off'", controlShift + (controlSpread * Sign(number))),
                    Varied("on", (metric == MetricId.P50 ? 0.15 : 0.06) * Sign(number) * (1 + (0.01 * number))))),
            ]);

        var comparison = analysis.Metric("on", metric);
        Assert.Equal(Verdict.Inconclusive, comparison.Verdict);
        Assert.True(comparison.Ratio is { Low: < 0, High: > 0 });
        Assert.Equal(reason == UndecidedReason.ControlMoved, comparison.Undecided!.Reason == UndecidedReason.ControlMoved);

        static int Sign(int number) => number % 2 == 0 ? 1 : -1;

        ArmRecord Varied(string name, double change) => metric == MetricId.P50
            ? LabRun.Arm(name, p50Seconds: 0.001 * (1 + change))
            : LabRun.Arm(name, cpuSeconds: 0.0004 * (1 + change));
    }

    // With four variants and six launch sets nothing is proven, and a median of +345 % is stated all the same, unless the control, at
    // 0.2 to 13 times the baseline, does as much.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_change_that_is_not_proven_is_detected_unless_the_control_moved_as_much(bool controlMoves)
    {
        double[] control = [0.0002, 0.0133, 0.0003, 0.009, 0.001, 0.0011];
        string[] variants = ["a", "b", "c", "d"];
        var p50 = LabRun.Analyze(
            LabRun.Plan(6, variants),
            [
                .. Enumerable.Range(0, 6).Select(i => LabRun.Launch(
                    i + 1,
                    [LabRun.Arm("off"), LabRun.Arm("off'", p50Seconds: controlMoves ? control[i] : 0.001), .. variants.Select(name => LabRun.Arm(name, p50Seconds: 0.00434 + (i * 0.000044)))])),
            ]).Metric("a", MetricId.P50);

        Assert.Equal(Verdict.Inconclusive, p50.Verdict);
        Assert.Equal((controlMoves, !controlMoves), (p50.IsOverruledByControl, p50.IsDetected));
    }

    [Fact]
    public void Metrics_whose_baseline_is_zero_by_nature_are_compared_by_difference_only()
    {
        var launches = Enumerable.Range(1, 6)
            .Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = LabRun.Ledger(16_000, 16_000, 2_000_000) }))
            .ToArray();
        var bytes = LabRun.Analyze(LabRun.Plan(6, "on"), launches).Metric("on", MetricId.ExportedBytes);

        Assert.Null(bytes.Ratio);
        Assert.Null(bytes.Verdict);
        Assert.Null(bytes.DetectableEffect);
        Assert.Null(bytes.Missing);
        Assert.Equal((500, 500, 500), (bytes.Difference!.Estimate, bytes.Difference.Low, bytes.Difference.High));
        Assert.Equal((500.0, 0.0), (bytes.Value, bytes.Baseline));
    }

    [Fact]
    public void The_baseline_is_compared_with_nothing()
    {
        var cpu = LabRun.Analyze(LabRun.Plan(6), Launches(6, (_, _) => { })).Metric("off", MetricId.Cpu);

        Assert.Null(cpu.Ratio);
        Assert.Null(cpu.Difference);
        Assert.Null(cpu.Verdict);
        Assert.Equal(cpu.Baseline, cpu.Value);
        Assert.Equal(6, cpu.Samples.Count);
    }

    private static RunAnalysis Experiment(Random random, int launchSets, double noise, params string[] variants) =>
        LabRun.Analyze(LabRun.Plan(launchSets, variants), Launches(random, launchSets, noise, variants));

    private static LaunchRecord[] Launches(Random random, int launchSets, double noise, params string[] variants) =>
    [
        .. Enumerable.Range(1, launchSets).Select(i => LabRun.Launch(
            i,
            [.. new[] { "off", "off'" }.Concat(variants).Select(arm => LabRun.Arm(arm, 0.0004 * Factor(random, noise), 10_000 * Factor(random, noise / 10), 0.001 * Factor(random, noise)))])),
    ];

    // The sum of four uniform values has a standard deviation of sqrt(4/12) = 0.577.
    private static double Factor(Random random, double deviation) =>
        1 + ((random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) / 0.577 * deviation);

    private static LaunchRecord[] Launches(int count, Action<int, Action<string, double>> fill) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var arms = new Dictionary<string, ArmRecord>(StringComparer.Ordinal) { ["off"] = LabRun.Arm("off"), ["off'"] = LabRun.Arm("off'") };
            fill(i, (arm, cpu) => arms[arm] = LabRun.Arm(arm, cpu));
            return LabRun.Launch(i + 1, [.. arms.Values]);
        }),
    ];
}
