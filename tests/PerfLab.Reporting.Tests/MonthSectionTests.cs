using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Html;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

/// <summary>What a report says of money, in every form that it has.</summary>
public sealed class MonthSectionTests
{
    private const string Hostile = "<script>alert(1)</script>|\u202e";

    private static readonly PricingPlan s_volume = Plan("By volume", new Price(PriceUnit.Gigabyte, 1, 0, null));

    private static readonly PricingPlan s_host = Plan("By host", new Price(PriceUnit.Host, 31, 0, null));

    // 100/s for 2,629,800 s with 200 B each are 52.596 GB, a tenth of them 5.2596.
    [Fact]
    public void Each_plan_names_its_cheapest_arm_and_whether_that_depends_on_the_plan() =>
        Assert.Equal(
            [
                "By volume: ratio-10 costs the least, 5.26\u00a0USD.",
                "By host: ratio-10 and always-on cost the same, 124.00\u00a0USD; the choice between them does not change this bill.",
                "Which arm is the cheapest depends on the plan.",
            ],
            MonthWording.Sentences(Analyze(s_volume, s_host)));

    // ratio-10 costs 3 % of CPU and always-on 10 %: with a budget of 5 % one arm is left, and nothing is cheaper than something else.
    [Fact]
    public void An_arm_that_qualifies_alone_is_said_to_cost_what_it_costs_by_each_plan() =>
        Assert.Equal(
            ["ratio-10 costs 5.26\u00a0USD with By volume and 124.00\u00a0USD with By host."],
            MonthWording.Sentences(Analyze(["cpu<5%"], s_volume, s_host)));

    [Fact]
    public void A_condition_on_money_narrows_the_choice_and_not_the_comparison()
    {
        var sentences = MonthWording.Sentences(Analyze(["cost<20/month"], s_volume, s_host));

        Assert.Equal("Compared are the arms that keep traces, have no fault and meet the conditions on all but money.", sentences[0]);
        Assert.Equal("By host: ratio-10 and always-on cost the same, 124.00\u00a0USD; the choice between them does not change this bill.", sentences[2]);
    }

    [Fact]
    public void Where_several_arms_qualify_the_cheapest_is_that_of_those() =>
        Assert.Equal(
            ["Compared are the arms that keep traces, have no fault and meet the conditions on all but money.", "By volume: ratio-10 costs the least, 5.26\u00a0USD."],
            MonthWording.Sentences(Analyze(["cpu<15%"], s_volume)));

    [Fact]
    public void The_first_screen_has_a_column_of_money_and_a_line_about_every_plan()
    {
        var overview = ArmOverview.Compose(Analyze(s_volume, s_host));

        Assert.Equal("A month at 100 requests/s in all on 4 hosts, By volume", overview.Columns[^1].Title);
        Assert.Equal(["0.00\u00a0USD", "5.26\u00a0USD", "52.60\u00a0USD"], overview.Rows.Select(row => row.Cells[^1].Value));
        Assert.All(overview.Rows, row => Assert.Equal(overview.Columns.Count, row.Cells.Count));
        Assert.Contains(overview.Remarks, remark => remark.StartsWith("A month at 100 requests/s in all on 4 hosts: By volume: ratio-10", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_markdown_and_terminal_show_what_a_month_takes_and_costs()
    {
        var analysis = Analyze(s_volume, s_host);
        var (content, charts) = (ReportComposer.Compose(analysis, null), ChartSet.For(analysis));

        Assert.All(new[] { HtmlReport.Write(content, charts), MarkdownReport.Write(content, charts) }, text =>
        {
            Assert.Contains("What a month costs by each plan", text, StringComparison.Ordinal);
            Assert.Contains("What a month takes", text, StringComparison.Ordinal);
            Assert.Contains("124.00", text, StringComparison.Ordinal);
            Assert.Contains("2026-11-29", text, StringComparison.Ordinal);
        });
        var sections = TerminalSummary.Compose(analysis).Sections;
        Assert.Equal(["always-on", "0.0440", "0.0040", "52.6", "657", "263"], sections.Single(section => section.Title == "What a month takes").Rows[2]);
        Assert.Equal(["always-on", "52.60 USD", "124.00 USD"], sections.Single(section => section.Title.StartsWith("What a month costs", StringComparison.Ordinal)).Rows[2]);
    }

    [Fact]
    public void The_traffic_is_said_with_its_hosts_and_its_retention_as_far_as_they_are_stated()
    {
        var month = Analyze(s_volume).Month!;

        Assert.Equal("100 requests/s in all on 4 hosts, kept for 30 days", MonthWording.Traffic(month with { Traffic = new TrafficDefinition(100, 4, 30) }));
        Assert.Equal("2,500 requests/s", MonthWording.Traffic(month with { Traffic = new TrafficDefinition(2_500, null, null) }));
    }

    [Fact]
    public void Programs_find_a_month_in_the_summary()
    {
        var month = ResultsJson.Deserialize<RunSummary>(ResultsJson.Serialize(RunSummary.From(Analyze(s_volume)))).Month!;

        Assert.Equal(52.596, month.Plans[0].Arms[2].Money!.Estimate, 0.001);
        Assert.Equal(["ratio-10"], month.Plans[0].Cheapest);
        Assert.Equal(100, month.Traffic.RequestsPerSecond);
        Assert.Equal(52.596e9, month.Arms[2].SentBytes!.Estimate, 1e6);
    }

    [Fact]
    public void The_name_of_a_plan_stays_text()
    {
        var analysis = Analyze(Plan(Hostile, new Price(PriceUnit.Gigabyte, 1, 0, null)) with { Note = Hostile });
        var (content, charts) = (ReportComposer.Compose(analysis, null), ChartSet.For(analysis));

        Assert.DoesNotContain("<script>alert", HtmlReport.Write(content, charts), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", MarkdownReport.Write(content, charts), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", HtmlReport.Write(content, charts), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_prices_the_report_says_what_a_month_takes_and_nothing_of_money()
    {
        var sections = MonthSections.Compose(Analyze());

        Assert.Equal("month", Assert.Single(sections).Key);
        Assert.DoesNotContain(ArmOverview.Compose(Analyze()).Columns, column => column.Title.StartsWith("A month", StringComparison.Ordinal));
    }

    private static PricingPlan Plan(string name, params Price[] prices) => new(name, new DateOnly(2026, 11, 29), "https://example.com/pricing", "USD", null, prices);

    private static RunAnalysis Analyze(params PricingPlan[] pricing) => Analyze([], pricing);

    private static RunAnalysis Analyze(string[] budget, params PricingPlan[] pricing)
    {
        const int LaunchSets = 8;
        return LabRun.Analyze(
            LabRun.Plan(LaunchSets, "ratio-10", "always-on") with { Decision = new DecisionDefinition(budget, [], null) { Traffic = new TrafficDefinition(100, 4, null), Pricing = pricing } },
            [
                .. Enumerable.Range(1, LaunchSets).Select(number => LabRun.Launch(
                    number,
                    LabRun.Arm("off"),
                    LabRun.Arm("off'"),
                    LabRun.Arm("ratio-10", cpuSeconds: 0.000412) with { Spans = LabRun.Ledger(1_000, 1_000, 80_000) with { CreatedCount = 10_000, NotSampledCount = 9_000 } },
                    LabRun.Arm("always-on", cpuSeconds: 0.00044) with { Spans = LabRun.Ledger(10_000, 10_000, 800_000) })),
            ]);
    }
}
