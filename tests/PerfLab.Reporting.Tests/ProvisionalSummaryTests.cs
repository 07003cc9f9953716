using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

/// <summary>What <c>scenario NAME --watch</c> shows between two launch sets.</summary>
public sealed class ProvisionalSummaryTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void It_has_the_table_of_the_final_summary(int width)
    {
        var analysis = new SyntheticRun { LaunchSets = 8 }.Analysis();

        var provisional = ProvisionalSummary.Compose(analysis, width);
        var final = TerminalSummary.Compose(analysis, width);

        Assert.Equal(final.Caption, provisional.Caption);
        Assert.Equal(final.Columns, provisional.Columns);
        Assert.Equal(final.Rows, provisional.Rows);
    }

    [Fact]
    public void It_says_how_far_the_run_is_and_that_only_its_end_decides()
    {
        var lead = ProvisionalSummary.Compose(new SyntheticRun { LaunchSets = 8 }.Analysis()).Lead.Text;

        Assert.Equal("Provisional, after 8 of 11 launch sets: only the end of the run decides.", lead);
    }

    [Fact]
    public void A_run_that_may_end_at_looks_names_them()
    {
        var analysis = new SyntheticRun { LaunchSets = 8, PlannedLaunchSets = 15 }.Analysis();

        var lead = ProvisionalSummary.Compose(analysis with { Plan = analysis.Plan with { Looks = [9, 11, 13, 15] } }).Lead.Text;

        Assert.Equal("Provisional, after 8 of 15 launch sets: only the planned looks (after 9, 11, 13 and 15) and the end of the run decide.", lead);
    }

    [Fact]
    public void Each_arm_but_the_baseline_has_its_intervals_so_far()
    {
        var intervals = ProvisionalSummary.Compose(new SyntheticRun { LaunchSets = 8 }.Analysis()).Intervals;

        Assert.Equal(["off'", "sdk-always-off", "ratio-1", "ratio-10", "ratio-50", "always-on"], intervals.Select(line => line.Text.Split(':')[0]));
        Assert.All(intervals, line => Assert.Matches(@"^\S+: CPU per request [+-]?[0-9.]+ % \(-?[0-9.]+ to -?[0-9.]+\), bytes allocated [+-]?[0-9.]+ % \(", line.Text));
    }

    [Fact]
    public void Below_six_launch_sets_the_changes_are_estimates_said_to_have_no_interval()
    {
        var provisional = ProvisionalSummary.Compose(WithEarlyRatio(new SyntheticRun { LaunchSets = 3 }.Analysis(), 0.0912), width: 200);

        Assert.Equal("No 95 % interval exists below 6 launch sets: the changes are estimates without one.", Assert.Single(provisional.Intervals).Text);
        Assert.DoesNotContain(provisional.Columns, column => column.Title.Contains("interval", StringComparison.Ordinal));
        Assert.Equal("+9.1 %", provisional.Rows[^1][2].Text);
        Assert.Equal("-", provisional.Rows[0][2].Text);
    }

    [Fact]
    public void The_final_summary_of_so_short_a_run_judges_nothing_and_shows_no_such_estimate()
    {
        var row = TerminalSummary.Compose(WithEarlyRatio(new SyntheticRun { LaunchSets = 3 }.Analysis(), 0.0912)).Rows[^1];

        Assert.Equal("not judged", row[2].Text);
    }

    private static RunAnalysis WithEarlyRatio(RunAnalysis analysis, double ratio) => analysis with
    {
        Arms = [.. analysis.Arms.Select((arm, index) => arm with { Metrics = [.. arm.Metrics.Select(metric => index == 0 || metric.Metric != MetricId.Cpu ? metric : metric with { EarlyRatio = ratio })] })],
    };
}
