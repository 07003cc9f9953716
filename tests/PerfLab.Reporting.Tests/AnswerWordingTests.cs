using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public class AnswerWordingTests
{
    private static readonly double[] NineOrTen = [0.078, 0.085, 0.090, 0.092, 0.097, 0.104];

    [Fact]
    public void A_cost_is_answered_with_its_interval_bytes_and_latency()
    {
        // Six launch sets: the interval is from the least to the greatest, 7.8 to 10.4; the median of the Walsh averages is
        // 9.1 ((9.0 + 9.2) / 2 and its neighbours). 14,861 less 14,200 bytes are 661.
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004 * (1 + NineOrTen[i]), 14_861));

        Assert.Equal("ratio-10 costs 9.1 % CPU per request (7.8 to 10.4), 661 more bytes allocated, no detectable latency.", answer);
    }

    [Fact]
    public void A_saving_turns_the_words_and_not_the_numbers_sign()
    {
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004 * (1 - NineOrTen[i]), 14_000));

        Assert.Equal("ratio-10 saves 9.1 % CPU per request (7.8 to 10.4), 200 fewer bytes allocated, no detectable latency.", answer);
    }

    [Fact]
    public void The_same_is_said_with_its_limits()
    {
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004 * (1 + (0.001 * i)), 14_210));

        Assert.Equal("ratio-10: no CPU cost beyond ±5 %, no allocation beyond ±1 %, no detectable latency.", answer);
    }

    [Fact]
    public void Where_nothing_is_found_the_cost_that_could_not_have_been_missed_is_named()
    {
        // Ratios of -6 to +9 %, centred on the logarithmic scale: sqrt(0.97 * 1.06) = 1.0140.
        // Of the median: 0.85 to 1.15, sqrt(0.91 * 1.09) = 0.9959.
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004 * (0.94 + (0.03 * i)), 14_200 * (0.98 + (0.01 * i)), 0.001 * (0.85 + (0.06 * i))));

        Assert.Equal(
            "ratio-10: no CPU cost found, +1.4 % (-6.0 to 9.0): a cost above 9.0 % could not have been missed; no change of allocation found, +0.5 % (-2.0 to 3.0): a cost above 3.0 % could not have been missed; no latency of the median request found, -0.4 % (-15.0 to 15.0): a cost above 15.0 % could not have been missed.",
            answer);
    }

    [Fact]
    public void An_interval_that_says_nothing_useful_is_no_answer() =>
        Assert.StartsWith("ratio-10: CPU per request: cannot tell, ", Answer(i => LabRun.Arm("ratio-10", 0.0004 * (0.5 + (0.2 * i)), 14_200)), StringComparison.Ordinal);

    [Fact]
    public void A_cost_of_undecided_weight_is_still_a_cost()
    {
        // 3 to 8 %: not zero, but on both sides of 5 %.
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004 * (1.03 + (0.01 * i)), 14_200));

        Assert.StartsWith("ratio-10 costs 5.5 % CPU per request (3.0 to 8.0), whether beyond ±5 % is not decided; ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_is_named_where_it_is_found()
    {
        var answer = Answer(i => LabRun.Arm("ratio-10", 0.0004, 14_200, 0.0015 + (i * 0.000001)));

        Assert.EndsWith("median response time +50.2 % (50.0 to 50.5) and p99 response time +50.2 % (50.0 to 50.5).", answer, StringComparison.Ordinal);
    }

    // The control's median is 0.2 to 13 times the baseline's: +345 % is what the same configuration does too.
    [Fact]
    public void A_median_that_the_control_moved_as_much_is_no_answer()
    {
        double[] control = [0.0002, 0.0133, 0.0003, 0.009, 0.001, 0.0011];
        var analysis = Run(i => LabRun.Arm("ratio-10", 0.0004, 14_200, 0.00434 + (i * 0.000044)), i => LabRun.Arm("off'", 0.0004, 14_200, control[i]));

        Assert.EndsWith("latency: cannot tell, +345 % (334 to 356), because the control moved as much.", Answer(analysis, "ratio-10"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_and_the_control_are_answered_too()
    {
        var analysis = Run(i => LabRun.Arm("ratio-10"));

        Assert.Equal("off is the baseline: 400 µs CPU and 14.2 kB allocated per request.", Answer(analysis, "off"));
        Assert.Equal(
            "off' is the baseline off measured again: CPU per request 0 % (0 to 0), the same within ±5 %; bytes allocated 0 % (0 to 0), the same within ±1 %.",
            Answer(analysis, "off'"));
    }

    [Fact]
    public void A_cost_that_is_not_proven_among_many_variants_says_so()
    {
        string[] variants = ["a", "b", "c", "d", "e"];
        var six = LabRun.Analyze(
            LabRun.Plan(6, variants),
            [.. Enumerable.Range(0, 6).Select(i => LabRun.Launch(i + 1, [LabRun.Arm("off"), LabRun.Arm("off'"), .. variants.Select(arm => LabRun.Arm(arm, 0.00048 * (1 + (0.001 * i))))]))]);

        Assert.StartsWith(
            "a costs 20.3 % CPU per request (20.0 to 20.6), beyond ±5 % by its interval but not proven with so many variants and so few launch sets; ",
            Answer(six, "a"),
            StringComparison.Ordinal);
        Assert.EndsWith("8 launch sets are needed", VerdictWording.Undecided(six.Metric("a", MetricId.Cpu))!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_is_said_with_its_reason()
    {
        var unread = LabRun.Arm("off") with { ClosingReading = LabRun.Arm("off").ClosingReading with { CpuSeconds = null } };
        var analysis = LabRun.Analyze(LabRun.Plan(6, "on"), [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, unread, LabRun.Arm("off'"), LabRun.Arm("on")))]);

        Assert.StartsWith("on: CPU per request not measured (of the baseline: no reading of CPU time (6 of 6 launch sets)), ", Answer(analysis, "on"), StringComparison.Ordinal);
        Assert.Equal("off is the baseline: CPU not measured and 10.0 kB allocated per request.", Answer(analysis, "off"));
    }

    [Fact]
    public void Without_a_launch_set_that_counts_every_answer_says_so()
    {
        var analysis = RunAnalyzer.Analyze(LabRun.Manifest, LabRun.Plan(6, "on"), [], [], null);

        Assert.All(analysis.Arms, arm => Assert.EndsWith("because no launch set counts.", Answer(analysis, arm.Name), StringComparison.Ordinal));
    }

    private static string Answer(Func<int, ArmRecord> variant) => Answer(Run(variant), "ratio-10");

    private static string Answer(RunAnalysis analysis, string arm) => AnswerWording.Write(analysis.Arm(arm), analysis);

    private static RunAnalysis Run(Func<int, ArmRecord> variant, Func<int, ArmRecord>? control = null) => LabRun.Analyze(
        LabRun.Plan(6, "ratio-10"),
        [.. Enumerable.Range(0, 6).Select(i => LabRun.Launch(i + 1, LabRun.Arm("off", bytes: 14_200), control?.Invoke(i) ?? LabRun.Arm("off'", bytes: 14_200), variant(i)))]);
}
