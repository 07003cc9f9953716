using PerfLab.Analysis.BackEnds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests.Traces;

public sealed class BackEndSectionTests
{
    [Fact]
    public void Trouble_and_what_came_after_it_stand_in_a_row_each_with_the_spans_lost()
    {
        var run = new SyntheticRun();
        var plan = run.Plan();
        plan = plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == "always-on" ? arm with { BackEnd = new BackEndTrouble(BackEndTroubleKind.Throttled, null, 1, 0.5) } : arm)] };
        var analysis = run.Analysis();
        analysis = analysis with
        {
            Arms = [.. analysis.Arms.Select(arm => arm.Name switch
            {
                "always-on" => arm with
                {
                    BackEnd = [new BackEndSight(true, 0.002, 0.050, 1.5, 104_857_600), new BackEndSight(false, 0.001, null, null, null)],
                    Spans = arm.Spans with { SampledCount = 1000, ReceivedCount = 900 },
                    SpanLosses = [new SpanLoss(SpanLossPlace.BackEnd, 100)],
                },
                "off" => arm with { BackEnd = [new BackEndSight(false, 0.001, 0.002, 0.003, 52_428_800)] },
                _ => arm,
            })],
        };

        var section = Assert.Single(BackEndSection.Compose(plan, analysis));

        Assert.Equal(["off", "well", "1.00", "2.00", "3.00", "50.0"], section.Rows[0].Take(6));
        Assert.Equal(["always-on", "refuses with 429, try again after 1 s", "2.00", "50.00", "1,500.00", "100.0", "", ""], section.Rows[1]);
        Assert.Equal(["always-on", "well again", "1.00", "–", "–", "–", "100 of 1,000", "100 reached the back end, which did not take them"], section.Rows[2]);
    }

    [Fact]
    public void A_run_of_healthy_back_ends_has_no_such_section() =>
        Assert.Empty(BackEndSection.Compose(new SyntheticRun().Plan(), new SyntheticRun().Analysis()));
}
