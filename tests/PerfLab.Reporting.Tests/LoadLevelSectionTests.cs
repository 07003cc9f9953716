using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>The synthetic run, measured at 1,450/s, and once more at 600/s and at 2,200/s.</summary>
public sealed class LoadLevelSectionTests
{
    [Fact]
    public void A_run_at_one_load_has_neither_section_nor_chart()
    {
        var run = new SyntheticRun().Analysis();

        Assert.Null(LoadLevelSection.Compose(run));
        Assert.DoesNotContain(ChartSet.For(run), chart => chart is LoadLevelChart);
    }

    [Fact]
    public void Every_arm_has_a_row_at_each_load_with_the_milliseconds_that_it_adds()
    {
        var section = LoadLevelSection.Compose(Run())!;

        Assert.Equal(3 * SyntheticRun.SamplingArms.Count, section.Rows.Count);
        Assert.All(section.Rows, row => Assert.Equal(section.Headers.Count, row.Count));
        Assert.Equal(
            ["25 % of the capacity (600/s)", "always-on", "30\u00a0%", "+10.0\u00a0% (8.0 to 12.0)", "0.50", "0.90", "2.00", "+0.050 (0.040 to 0.060)", "–", "–"],
            section.Rows.Single(row => row[0].StartsWith("25", StringComparison.Ordinal) && row[1] == "always-on"));
    }

    [Fact]
    public void The_lead_says_what_the_most_expensive_variant_changes_at_the_lowest_and_the_highest_load_and_where_all_else_was_measured() => Assert.StartsWith(
        "always-on changes the median response time and CPU by +50.0 us (40.0 to 60.0) and +10.0 % (8.0 to 12.0) at 25 % of the capacity (600/s); by +400 us (300 to 500) and +20.0 % (18.0 to 22.0) at 92 % of the capacity (2,200/s).",
        LoadLevelSection.Compose(Run())!.Lead.Replace('µ', 'u'),
        StringComparison.Ordinal);

    [Fact]
    public void A_change_that_the_control_of_its_load_overrules_is_marked_and_not_in_the_lead()
    {
        var run = Run();
        var moved = run with { Levels = [.. run.Levels.Select(level => level with { Arms = [.. level.Arms.Select(arm => arm with { Metrics = [.. arm.Metrics.Select(Overruled)] })] })] };

        var section = LoadLevelSection.Compose(moved)!;

        Assert.StartsWith("Each launch set measures", section.Lead, StringComparison.Ordinal);
        Assert.Contains("? marks a change that cannot be told", section.Lead, StringComparison.Ordinal);
        Assert.Equal("+0.050 (0.040 to 0.060) ?", section.Rows.Single(row => row[0].StartsWith("25", StringComparison.Ordinal) && row[1] == "always-on")[7]);

        static MetricComparison Overruled(MetricComparison metric) => metric.Metric != MetricId.P50 || metric.Ratio is null
            ? metric
            : metric with { Verdict = Verdict.Inconclusive, Undecided = new UndecidedVerdict(UndecidedReason.ControlMoved, 1, 11, 11) { Control = metric.Ratio } };
    }

    [Fact]
    public void An_untrusted_run_has_no_lead_about_what_is_added()
    {
        var run = Run();

        Assert.Null(LoadLevelSection.Sentence(run with { Trust = run.Trust with { Level = Analysis.Trust.TrustLevel.Untrusted } }));
    }

    [Fact]
    public void A_load_that_does_not_count_in_every_launch_set_is_named() =>
        Assert.Contains("92 % of the capacity (2,200/s) counts in 9 of 11 launch sets.", LoadLevelSection.Compose(Run(voided: 2))!.Lead, StringComparison.Ordinal);

    [Fact]
    public void The_terminal_shows_what_is_added_without_the_baseline()
    {
        var section = LoadLevelSection.Compose(Run())!;

        Assert.All(section.BriefRows!, row => Assert.Equal(section.BriefHeaders!.Count, row.Count));
        Assert.Equal(3 * (SyntheticRun.SamplingArms.Count - 1), section.BriefRows!.Count);
    }

    [Fact]
    public void A_chart_of_each_metric_shows_what_every_variant_adds_by_load_and_a_table_says_the_same()
    {
        var charts = ChartSet.For(Run()).OfType<LoadLevelChart>().ToList();

        Assert.Equal(["load-cpu", "load-p50"], charts.Select(chart => chart.Stem));
        Assert.Equal(["Arm", "600/s", "1,450/s", "2,200/s"], charts[0].Table.Headers);
        Assert.Equal(5, charts[0].Table.Rows.Count);
        Assert.All(charts, chart => Assert.True(ChartImage.Png(chart).Length > 1000));
    }

    [Fact]
    public void A_closed_loop_has_a_section_of_its_own_that_says_what_it_is_and_that_it_decides_nothing()
    {
        var run = new SyntheticRun().Analysis();
        var loop = new ClosedLoopAnalysis(200, run.LaunchSets - 1, 1, [.. run.Arms.Select(arm => new ArmInClosedLoop(arm.Name, arm.Role, arm.Role == ArmRole.Variant ? 800 : 1000, arm.Role == ArmRole.Variant ? new Interval(-0.2, -0.21, -0.19, 0.95) : null, [.. Level(run, 0.25, 600, 0.30, 0.10, 0.05, 0).Arms.Single(each => each.Name == arm.Name).Metrics]))]);

        var section = ClosedLoopSection.Compose(run with { ClosedLoop = loop })!;

        Assert.Null(ClosedLoopSection.Compose(run));
        Assert.Equal("In a closed loop of 200 connections", section.Title);
        Assert.Contains("Nothing is decided by this table. It counts in 10 of 11 launch sets.", section.Lead, StringComparison.Ordinal);
        Assert.All(section.Rows, row => Assert.Equal(section.Headers.Count, row.Count));
        Assert.All(section.BriefRows!, row => Assert.Equal(section.BriefHeaders!.Count, row.Count));
        Assert.Equal(["always-on", "800", "-20.0\u00a0% (-21.0 to -19.0)", "0.50", "0.90", "2.00", "+50.0 (37.5 to 62.5)", "\u2013", "\u2013"], section.Rows.Single(row => row[0] == "always-on").Select(cell => cell.Replace('\u2212', '-')));
    }

    [Fact]
    public void The_summary_has_the_closed_loop_of_a_run_that_has_one()
    {
        var run = new SyntheticRun().Analysis();
        var loop = new ClosedLoopAnalysis(200, run.LaunchSets, 0, [new ArmInClosedLoop("off", ArmRole.Baseline, 1000, null, [])]);

        Assert.DoesNotContain("closed_loop", ResultsJson.Serialize(RunSummary.From(run)), StringComparison.Ordinal);
        var read = ResultsJson.Deserialize<RunSummary>(ResultsJson.Serialize(RunSummary.From(run with { ClosedLoop = loop }))).ClosedLoop!;
        Assert.Equal((200, run.LaunchSets, 1000.0), (read.Connections, read.LaunchSets, read.Arms[0].ThroughputPerSecond!.Value));
    }

    internal static RunAnalysis Run(int voided = 0)
    {
        var run = new SyntheticRun().Analysis();
        return run with
        {
            Levels =
            [
                Level(run, 0.25, 600, 0.30, 0.10, 0.00005, 0),
                new LoadLevelAnalysis(new MeasuredLoad(0.6, 1450, run.LaunchSets, 0, IsFirst: true), [.. run.Arms.Select(arm => new ArmAtLevel(arm.Name, arm.Role, 0.66, [.. arm.Metrics.Where(metric => metric.Metric is MetricId.Cpu or MetricId.P50 or MetricId.P90 or MetricId.P99)]))]),
                Level(run, 0.92, 2200, 0.97, 0.20, 0.0004, voided),
            ],
        };
    }

    // Every variant adds the same here; the bounds lie two points of CPU, and a fifth or a quarter of the time, to each side.
    private static LoadLevelAnalysis Level(RunAnalysis run, double share, double rate, double busy, double cpu, double seconds, int voided) => new(
        new MeasuredLoad(share, rate, run.LaunchSets - voided, voided, IsFirst: false),
        [.. run.Arms.Select(arm => new ArmAtLevel(arm.Name, arm.Role, busy, [.. arm.Metrics.Where(metric => metric.Metric is MetricId.Cpu or MetricId.P50 or MetricId.P90 or MetricId.P99).Select(metric => (arm.Role, metric.Metric) switch
        {
            (ArmRole.Variant, MetricId.Cpu) => metric with
            {
                Ratio = new Interval(cpu, cpu - 0.02, cpu + 0.02, 0.95),
                Difference = new Interval(cpu * 0.0003, (cpu - 0.02) * 0.0003, (cpu + 0.02) * 0.0003, 0.95),
            },
            (ArmRole.Variant, MetricId.P50) => metric with { Value = 0.0005, Difference = new Interval(seconds, seconds * (seconds < 0.0001 ? 0.8 : 0.75), seconds * (seconds < 0.0001 ? 1.2 : 1.25), 0.95) },
            (_, MetricId.P90) => metric with { Value = 0.0009, Difference = null },
            (_, MetricId.P99) => metric with { Value = 0.002, Difference = null },
            _ => metric,
        })]))]);
}
