using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Tests.Fixture;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class BackEndSectionTests
{
    [Fact]
    public void Trouble_and_what_came_after_it_stand_in_a_row_each_with_the_spans_lost()
    {
        var section = FaultSection.Compose(Run())!;

        Assert.Equal(["off", "well", "1.00 (0.50 to 1.50)", "2.00 (2.00 to 2.00)", "3.00", "50.0"], section.Rows[0].Take(6));
        Assert.Equal(["always-on", "refuses with 429, try again after 1 s", "2.50 (2.00 to 9.00)", "50.00 (50.00 to 50.00)", "1,500.00", "100.0", "", ""], section.Rows[1]);
        Assert.Equal(["always-on", "well again", "1.00 (1.00 to 1.00)", "–", "–", "–", "100 of 1,000", "100 reached the back end, which did not take them"], section.Rows[2]);
    }

    [Fact]
    public void The_terminal_shows_the_same_without_ranges_and_the_loss_as_a_share()
    {
        var section = FaultSection.Compose(Run())!;

        Assert.Equal(section.BriefHeaders!.Count, section.BriefRows![0].Count);
        Assert.Equal(["always-on", "429", "2.50", "50.00", "100.0", ""], section.BriefRows[1]);
        Assert.Equal(["always-on", "well again", "1.00", "–", "–", "10 %"], section.BriefRows[2]);
    }

    [Fact]
    public void The_lead_says_who_was_slowed_down_and_who_lost_spans() => Assert.StartsWith(
        "More than twice the baseline's median: always-on (2.50 ms). All of them lost spans.",
        FaultSection.Compose(Run())!.Lead,
        StringComparison.Ordinal);

    [Fact]
    public void A_service_that_does_not_notice_is_named()
    {
        var run = Run();
        run = run with
        {
            Arms = [.. run.Arms.Select(arm => arm.Name == "always-on"
                ? arm with { BackEnd = [arm.BackEnd[0] with { P50Seconds = Exactly(0.002) }], Spans = arm.Spans with { ReceivedCount = 1000 } }
                : arm)],
        };

        Assert.StartsWith(
            "In trouble, always-on kept the median response time within twice the baseline's (1.00 ms). Without a lost span: always-on.",
            FaultSection.Compose(run)!.Lead,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_answers_the_question_about_back_ends() => Assert.Equal(
        "0 of 1 arm stayed within twice the baseline's median response time (1.00 ms) while their back end was in trouble; the worst, always-on: 2.50 ms",
        FaultWording.Headline(Run()));

    [Fact]
    public void A_run_of_healthy_back_ends_has_no_such_section() => 
        Assert.Null(FaultSection.Compose(new SyntheticRun().Analysis()) as object ?? FaultWording.Headline(new SyntheticRun().Analysis()));

    private static LaunchSetRange Exactly(double seconds) => new(seconds, seconds, seconds);

    private static RunAnalysis Run()
    {
        var trouble = new BackEndFaultDefinition(BackEndFaultKind.Throttled, null, 1, 0.5);
        var analysis = new SyntheticRun().Analysis();
        return analysis with
        {
            Arms = [.. analysis.Arms.Select(arm => arm.Name switch
            {
                "always-on" => arm with
                {
                    BackEnd =
                    [
                        new FaultPhaseSummary(trouble, false, new LaunchSetRange(0.0025, 0.002, 0.009), Exactly(0.050), 1.5, 104_857_600),
                        new FaultPhaseSummary(null, true, Exactly(0.001), null, null, null),
                    ],
                    Spans = arm.Spans with { SampledCount = 1000, ReceivedCount = 900 },
                    SpanLosses = [new SpanLoss(SpanLossLocation.BackEnd, 100)],
                },
                "off" => arm with { BackEnd = [new FaultPhaseSummary(null, false, new LaunchSetRange(0.001, 0.0005, 0.0015), Exactly(0.002), 0.003, 52_428_800)] },
                _ => arm,
            })],
        };
    }
}
