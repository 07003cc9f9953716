using PerfLab.Analysis;
using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Tests.Fixture;

namespace PerfLab.Reporting.Tests;

public sealed class ClaimsPageTests
{
    [Fact]
    public void Each_claim_has_its_scenario_what_was_measured_and_the_answer()
    {
        var run = new SyntheticRun().Analysis();
        var condition = DecisionCondition.Parse("p50<5ms");
        var claim = new MeasuredClaim("Tracing adds 5 ms.", run.Plan.Scenario, [new ClaimEvidence("always-on", "p50<5ms", false, CapacityShare: 0.25), new ClaimEvidence("gone", "p50<5ms", true, ClosedLoop: true)]);
        var measured = new ConditionResult(condition, ThresholdOutcome.Proven, new Interval(0.0012, 0.0011, 0.0013, 0.95), Obstacle: null);

        var page = ClaimsPage.Write([new ClaimAnswer(claim, run, ClaimOutcome.Refuted, [measured, null]), new ClaimAnswer(claim with { Scenario = "other" }, null, ClaimOutcome.CannotTell, [])]).Replace('\u00a0', ' ');

        Assert.Contains($"| Tracing adds 5 ms. | {run.Plan.Scenario} | always-on: p50 1.20 ms (1.10 to 1.30 ms), at 25 % of capacity; gone: not in the run, in a closed loop | refuted |", page, StringComparison.Ordinal);
        Assert.Contains("| other | no run of other was given | cannot tell |", page, StringComparison.Ordinal);
        Assert.Contains($"- {run.Plan.Scenario}: run {run.Manifest.RunId}", page, StringComparison.Ordinal);
    }
}
