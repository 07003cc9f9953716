using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Tests;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

/// <summary>What the first screen says of a run, for every decision that there is.</summary>
public sealed class ArmOverviewTests
{
    [Fact]
    public void What_hides_a_cost_is_said_in_place_of_more_launch_sets_and_wider_budgets()
    {
        var plan = LabRun.Plan(6, "on") with { Decision = new DecisionDefinition(["cpu<5%"], [], null) };

        var analysis = LabRun.OneVariant((_, arm) => arm.Arm == "on" ? arm with { Spans = LabRun.Ledger(1_000, 700) } : arm, plan);

        Assert.Equal(
            "No configuration is shown to meet cpu<5%. The nearest is on: cpu is 0.0\u00a0%, but on lost 30 % of its spans (1,800 of 6,000), so that its cost is a lower bound.",
            RecommendationWording.Sentence(analysis));
        Assert.Empty(RecommendationWording.WhatWouldChangeIt(analysis));
    }

    [Fact]
    public void A_recommendation_names_the_arm_its_conditions_with_numbers_and_what_would_change_it()
    {
        var analysis = Analyze(["cpu<15%"], ["traces_kept>=5%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1));

        Assert.Matches(@"^Run ratio-10: it meets cpu<15% \(\S+ to \S+.%\) and traces_kept>=5% \(10\S*.%\), with the least CPU of the 2 arms that do\.$", RecommendationWording.Sentence(analysis));
        Assert.Contains(RecommendationWording.WhatWouldChangeIt(analysis), text => text.StartsWith("ratio-10 no longer qualifies with a goal of traces_kept above 10", StringComparison.Ordinal));
    }

    [Fact]
    public void An_arm_that_qualifies_alone_is_said_to_and_the_others_miss_what_another_limit_would_admit()
    {
        var analysis = Analyze(["cpu<15%"], ["traces_kept>=5%"], ("ratio-1", 1.02, 0.01), ("ratio-10", 1.03, 0.1), ("always-on", 1.30, 1));

        Assert.Matches(@"^Run ratio-10, the only arm shown to meet cpu<15% \(\S+ to \S+.%\) and traces_kept>=5% \(10\S*.%\)\.$", RecommendationWording.Sentence(analysis));
        var changes = RecommendationWording.WhatWouldChangeIt(analysis);
        Assert.Matches(@"^ratio-1 misses traces_kept>=5% \(1\S*.%\); a goal of traces_kept below 1\.0+.% would admit it\.$", changes[1]);
        Assert.Matches(@"^always-on misses cpu<15% \(\S+ to \S+.%\); a budget of cpu above 3[01]\.[0-9].% would admit it\.$", changes[2]);
    }

    // sdk-always-off meets the budget as well, and is no configuration to recommend.
    [Fact]
    public void Without_a_goal_the_arm_that_is_recommended_is_told_from_those_without_traces() =>
        Assert.Matches(@"^Run ratio-10, the only arm with traces shown to meet cpu<5% \(\S+ to \S+.%\)\.$", RecommendationWording.Sentence(Analyze(["cpu<5%"], [], ("sdk-always-off", 1.01, 0), ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1))));

    [Fact]
    public void A_column_of_a_comparison_says_from_which_change_on_it_matters()
    {
        var columns = ArmOverview.Compose(Analyze([], [], ("always-on", 1.10, 1))).Columns;

        Assert.Equal("matters beyond 5\u00a0%", columns.Single(column => column.Title == "CPU per request").Matters);
        Assert.Equal("matters beyond 1\u00a0%", columns.Single(column => column.Title == "Allocated per request").Matters);
    }

    [Fact]
    public void Without_an_arm_that_meets_everything_the_nearest_and_what_it_misses_are_named() =>
        Assert.Matches(@"^No configuration meets cpu<5% and traces_kept>=50%\. Even the nearest, always-on, misses cpu<5% \(\S+ to \S+.%\)\.$", RecommendationWording.Sentence(Analyze(["cpu<5%"], ["traces_kept>=50%"], ("always-on", 1.10, 1))));

    [Fact]
    public void Where_no_arm_meets_everything_the_budget_that_would_admit_each_is_named_rounded_so_that_it_does()
    {
        var analysis = Analyze(["cpu<5%"], ["traces_kept>=50%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1));

        var changes = RecommendationWording.WhatWouldChangeIt(analysis);

        Assert.Matches("^A budget of cpu above 10\\.[0-9].% would admit always-on\\.$", changes[1]);
        Assert.Matches("^A goal of traces_kept below 10\\.0.% would admit ratio-10\\.$", changes[0]);
        var budget = string.Concat(changes[1].Where(character => char.IsAsciiDigit(character) || character == '.')).TrimEnd('.');
        Assert.Equal("always-on", Analyze([$"cpu<={budget}%"], ["traces_kept>=50%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1)).Decision!.Arm);
    }

    [Fact]
    public void Where_nothing_is_proven_the_launch_sets_that_are_missing_are_named()
    {
        var spread = Analyze(["cpu<10.1%"], [], ("always-on", 1.10, 1));

        Assert.StartsWith("No configuration is shown to meet cpu<10.1%. The nearest is always-on: cpu<10.1% (", RecommendationWording.Sentence(spread), StringComparison.Ordinal);
        Assert.Matches("^(About [0-9]+ more launch sets, [0-9]+ in all, would settle always-on|More launch sets would probably show that always-on misses cpu<10.1%: its estimate, [0-9.]+\u00a0%, does)\\.$", RecommendationWording.WhatWouldChangeIt(spread)[0]);
        Assert.Matches("^A budget of cpu above 10\\.[0-9].% would admit always-on\\.$", RecommendationWording.WhatWouldChangeIt(spread)[1]);
    }

    // An interval narrows with the square root of the launch sets: for 400 of them the limit is where it would end then.
    [Theory]
    [InlineData(400, "about [34][0-9]{2}")]
    [InlineData(40_000, "more than 1,000")]
    public void Where_nobody_would_run_the_launch_sets_that_are_missing_it_is_said_what_to_do_instead(int needed, string said)
    {
        var open = Analyze(["cpu<10.1%"], [], ("always-on", 1.10, 1));
        var interval = open.Decision!.Arms.Single(arm => arm.Arm == "always-on").Conditions[0].Measured!;
        var limit = interval.Estimate + ((interval.High - interval.Estimate) * Math.Sqrt((double)open.LaunchSets / needed));

        var run = Analyze([string.Create(CultureInfo.InvariantCulture, $"cpu<{limit * 100:F6}%")], [], ("always-on", 1.10, 1));

        Assert.Matches($"^Repeating the run will not settle always-on on this machine in practice: it would take {said} launch sets\\. Use a quieter machine", RecommendationWording.WhatWouldChangeIt(run)[0]);
        Assert.Equal(needed <= 1000, RunSummary.From(run).Decision!.NeededLaunchSets is > 300 and < 500);
    }

    [Fact]
    public void Two_variants_that_cost_the_same_are_remarked_on() =>
        Assert.Equal(
            "The choice buys nothing between batch-64 and batch-512. The same within the practical thresholds: CPU per request, bytes allocated, bytes exported and p99 response time.",
            Assert.Single(ArmOverview.Compose(Analyze([], [], ("batch-64", 1.2, 1), ("batch-512", 1.2, 1))).Remarks));

    [Fact]
    public void Programs_find_the_recommendation_with_each_condition_and_its_interval()
    {
        var decision = ResultsJson.Deserialize<RunSummary>(ResultsJson.Serialize(RunSummary.From(Analyze(["cpu<15%"], ["traces_kept>=5%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1))))).Decision!;

        Assert.Equal((DecisionOutcome.Recommended, "ratio-10"), (decision.Outcome, decision.Arm));
        Assert.Equal(["cpu<15%", "traces_kept>=5%"], decision.Arms[1].Conditions.Select(condition => condition.Condition));
        Assert.InRange(decision.Arms[1].Conditions[0].Measured!.Estimate, 0.09, 0.11);
        Assert.Contains("ratio-10", decision.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu<15%", "traces_kept>=5%", "✓ Recommendation: decided")]
    [InlineData("cpu<15%", "traces_kept>=0%", "✓ Recommendation: decided")]
    [InlineData("cpu<5%", "traces_kept>=50%", "✕ Recommendation: decided, no arm qualifies")]
    [InlineData("cpu<10.1%", "traces_kept>=50%", "? Recommendation: not decided")]
    [InlineData(null, null, "– Recommendation: not asked for")]
    public void The_recommendation_has_a_state_of_its_own_beside_that_of_the_measurement(string? budget, string? goal, string state)
    {
        var content = ReportComposer.Compose(Analyze(budget is null ? [] : [budget], goal is null ? [] : [goal], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1)), null);

        Assert.Equal(state, $"{content.Decision.Sign} {content.Decision.Word}");
        Assert.Equal("Measurement: trusted", content.TrustLabel.Measurement);
        Assert.All(new[] { Html.HtmlReport.Write(content, []), MarkdownReport.Write(content, []) }, text => Assert.Contains(content.Decision.Word, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cpu<10.1%", "nearest, not proven")]
    [InlineData("cpu<5%", "nearest, misses")]
    public void The_nearest_arm_is_marked_with_what_it_lacks_and_not_taken_for_a_recommendation(string budget, string mark)
    {
        var analysis = Analyze([budget], [], ("always-on", 1.10, 1), ("dear", 1.5, 1));

        var row = ArmOverview.Compose(analysis with { Decision = analysis.Decision! with { Arm = "always-on", Outcome = mark.EndsWith("proven", StringComparison.Ordinal) ? DecisionOutcome.NotProven : DecisionOutcome.NoneMeets } }).Rows[1];

        Assert.Equal(("always-on", mark, null), (row.Arm, row.Mark, row.Choice));
        Assert.DoesNotContain("recommended", Terminal.TerminalSummary.Compose(analysis with { Decision = analysis.Decision! with { Outcome = DecisionOutcome.NotProven } }).Caption.Text, StringComparison.Ordinal);
    }

    // The scale of the column goes from 0 to the upper bound of always-on, about 10 %.
    [Theory]
    [InlineData("cpu<7%", 0.7)]
    [InlineData("cpu<=3%", 0.3)]
    [InlineData("cpu<40%", null)]
    [InlineData("cpu<20us", null)]
    [InlineData("allocation<7%", null)]
    public void A_budget_of_CPU_is_a_line_in_the_bars_and_named_in_the_legend_where_it_lies_on_the_scale(string budget, double? place)
    {
        var analysis = Analyze([budget], [], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1));
        var overview = ArmOverview.Compose(analysis);
        var html = Html.HtmlOverview.Write(overview).Text;

        Assert.All(overview.Rows.Skip(1).Select(row => row.Cells[0].Bar!), bar => Assert.Equal(place, bar.Budget is { } drawn ? Math.Round(drawn, 1) : null));
        Assert.Equal(place is null ? [] : [budget], overview.Budgets);
        Assert.Equal(place is null ? 0 : 3, html.Split("class=\"budget\"").Length - 1);
        Assert.Equal(place is not null, html.Contains($"budget <bdi dir=\"ltr\">{budget.Replace("<", "&lt;", StringComparison.Ordinal)}</bdi>", StringComparison.Ordinal));
    }

    [Fact]
    public void The_legend_explains_the_signs_that_the_table_has_and_no_others()
    {
        var html = Html.HtmlOverview.Write(ArmOverview.Compose(Analyze([], [], ("on", 1.10, 1)))).Text;
        var legend = html[..html.IndexOf("<table", StringComparison.Ordinal)];
        var table = html[legend.Length..];

        Assert.All("▲▼≈○?", sign => Assert.Equal(table.Contains($">{sign}</span>", StringComparison.Ordinal), legend.Contains(sign, StringComparison.Ordinal)));
        Assert.Contains("▲ more", legend, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_changes_are_a_list_and_one_is_a_sentence()
    {
        var several = ReportComposer.Compose(Analyze(["cpu<5%"], ["traces_kept>=50%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1)), null);
        var one = several with { WhatWouldChangeIt = [several.WhatWouldChangeIt[0]] };

        Assert.Equal(several.WhatWouldChangeIt.Count, Html.HtmlOpening.Write(several).Text.Split("<ul>")[1].Split("</ul>")[0].Split("<li>").Length - 1);
        Assert.All(several.WhatWouldChangeIt, change => Assert.Contains($"\n- {MarkdownText.Escape(change)}\n", MarkdownReport.Write(several, []), StringComparison.Ordinal));
        Assert.Contains($"<p class=\"changes\"><b>What would change it:</b> <bdi dir=\"ltr\">{one.WhatWouldChangeIt[0].Replace("<", "&lt;", StringComparison.Ordinal)}", Html.HtmlOpening.Write(one).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\n- {MarkdownText.Escape(one.WhatWouldChangeIt[0])}\n", MarkdownReport.Write(one, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_conditions_the_dominated_arms_are_named_with_the_arm_that_beats_them()
    {
        var analysis = Analyze([], [], ("lean", 1.03, 1), ("expensive", 1.50, 0.1));
        var dominated = analysis.Decision! with { Arms = [.. analysis.Decision!.Arms.Select(arm => arm with { DominatedBy = arm.Arm == "expensive" ? "lean" : null })] };

        Assert.Equal("The scenario states no budget and no goal (decide). Dominated, for another costs less and keeps more: expensive (by lean).", RecommendationWording.WithoutConditions(analysis with { Decision = dominated }));
        Assert.EndsWith("No arm is shown to cost more and keep less than another.", RecommendationWording.WithoutConditions(Analyze([], [], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1))), StringComparison.Ordinal);
        Assert.Null(RecommendationWording.WithoutConditions(Analyze(["cpu<15%"], [], ("always-on", 1.10, 1))));
    }

    [Fact]
    public void Without_conditions_there_is_no_recommendation() =>
        Assert.Null(RecommendationWording.Sentence(Analyze([], [], ("always-on", 1.10, 1))));

    [Fact]
    public void Every_arm_but_the_control_has_a_row_with_what_one_gives_up()
    {
        var overview = ArmOverview.Compose(Analyze(["cpu<15%"], ["traces_kept>=5%"], ("ratio-10", 1.03, 0.1), ("always-on", 1.10, 1)));

        Assert.Equal(["off", "ratio-10", "always-on"], overview.Rows.Select(row => row.Arm));
        Assert.Equal([null, "recommended", null], overview.Rows.Select(row => row.Choice));
        Assert.Equal(["All traces: none is kept", "90\u00a0% of the traces, failed and slow ones alike", "Nothing: every trace is kept"], overview.Rows.Select(row => row.GivenUp[0]));
    }

    [Fact]
    public void Variants_that_cost_the_same_are_remarked_on() =>
        Assert.StartsWith("Without effect: batch-64.", Assert.Single(ArmOverview.Compose(Analyze([], [], ("batch-64", 1.0005, 1), ("simple", 2, 1))).Remarks), StringComparison.Ordinal);

    // The interval excludes zero, whether or not it is beyond the threshold: that is an answer.
    [Theory]
    [InlineData(0.02, 0.026, 0.058, Verdict.Inconclusive, "△", "2.6 to 5.8\u00a0% more", null)]
    [InlineData(0.05, 0.08, 0.12, Verdict.Slower, "▲", "8.0 to 12.0\u00a0% more", null)]
    [InlineData(-0.05, -0.12, -0.08, Verdict.Faster, "▼", "8.0 to 12.0\u00a0% less", null)]
    [InlineData(-0.02, -0.058, -0.026, Verdict.Inconclusive, "▽", "2.6 to 5.8\u00a0% less", null)]
    [InlineData(0.01, 0.005, 0.02, Verdict.Same, "≈", "0.5 to 2.0\u00a0% more", null)]
    [InlineData(0.001, -0.01, 0.013, Verdict.Same, "≈", "no change found", "a cost above 1.3\u00a0% could not have been missed")]
    [InlineData(0.01, -0.01, 0.08, Verdict.Inconclusive, "○", "no change found", "a cost above 8.0\u00a0% could not have been missed")]
    [InlineData(0.1, -0.5, 0.8, Verdict.Inconclusive, "?", "cannot tell", "−50.0 to +80.0\u00a0%")]
    public void An_interval_says_whether_there_is_a_change_whether_it_matters_and_what_could_have_been_missed(double estimate, double low, double high, Verdict verdict, string sign, string text, string? note)
    {
        var comparison = Analyze([], [], ("on", 1.1, 1)).Arms[2].Get(MetricId.Cpu) with { Ratio = new Interval(estimate, low, high, 0.95), Verdict = verdict, Undecided = null };

        var statement = IntervalWording.Of(comparison)!;

        Assert.Equal((sign, text, note), (statement.Label!.Sign, statement.Text, statement.Note));
    }

    private static RunAnalysis Analyze(string[] budget, string[] see, params (string Name, double Cost, double Kept)[] variants)
    {
        const int LaunchSets = 8;
        var random = new Random(20_261_129);
        return LabRun.Analyze(
            LabRun.Plan(LaunchSets, [.. variants.Select(variant => variant.Name)]) with { Decision = budget.Length + see.Length == 0 ? null : new DecisionDefinition(budget, see, null) },
            [
                .. Enumerable.Range(1, LaunchSets).Select(number => LabRun.Launch(
                    number,
                    [
                        LabRun.Arm("off", cpuSeconds: Cost(1)),
                        LabRun.Arm("off'", cpuSeconds: Cost(1)),
                        .. variants.Select(Record),
                    ])),
            ]);

        ArmRecord Record((string Name, double Cost, double Kept) variant)
        {
            var sampled = (long)(10_000 * variant.Kept);
            return LabRun.Arm(variant.Name, cpuSeconds: Cost(variant.Cost)) with { Spans = LabRun.Ledger(sampled, sampled) with { CreatedCount = 10_000, NotSampledCount = 10_000 - sampled } };
        }

        double Cost(double factor) => 0.0004 * factor * (1 + (0.004 * ((2 * random.NextDouble()) - 1)));
    }
}
