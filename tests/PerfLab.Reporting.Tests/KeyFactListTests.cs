using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Tests.Fixture;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Tests;

public sealed class KeyFactListTests
{
    private const string Busy = "Kept its processors busy";

    [Theory]
    [InlineData(new[] { 0 }, "40 to 80\u00a0%")]
    [InlineData(new[] { 0, 1 }, "20 to 40\u00a0%")]
    public void A_thousand_requests_of_0_4_and_0_8_milliseconds_keep_processors_that_busy(int[] targetCores, string expected)
    {
        var run = new SyntheticRun();
        var plan = run.Plan() with { RatePerSecond = 1000, Placement = new Placement(targetCores, [7]) };

        var facts = RunFacts.Compose(WithCpu(run.Analysis() with { Plan = plan }, 0.0004, 0.0008), run.Outcome());

        Assert.Equal(expected, facts.Single(fact => fact.Name == Busy).Value);
    }

    [Fact]
    public void Arms_that_are_equally_busy_share_one_figure()
    {
        var run = new SyntheticRun();
        var plan = run.Plan() with { RatePerSecond = 1000, Placement = new Placement([0], [1]) };

        var facts = RunFacts.Compose(WithCpu(run.Analysis() with { Plan = plan }, 0.0004, 0.0004), run.Outcome());

        Assert.Equal("40\u00a0%", facts.Single(fact => fact.Name == Busy).Value);
    }

    [Fact]
    public void Where_targets_have_no_processors_of_their_own_nothing_is_said_of_them()
    {
        var run = new SyntheticRun();

        var facts = RunFacts.Compose(run.Analysis() with { Plan = run.Plan() with { Placement = null } }, run.Outcome());

        Assert.DoesNotContain(facts, fact => fact.Name == Busy);
    }

    // The first arm takes one time, all others the other.
    private static RunAnalysis WithCpu(RunAnalysis analysis, double first, double others) => analysis with
    {
        Arms = [.. analysis.Arms.Select((arm, index) => arm with
        {
            Metrics = [.. arm.Metrics.Select(metric => metric.Metric == MetricId.Cpu ? metric with { Value = index == 0 ? first : others } : metric)],
        })],
    };
}
