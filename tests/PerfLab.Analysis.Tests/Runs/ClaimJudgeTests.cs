using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>Claims answered by the reference runs, whose figures stand beside them in their summary.json.</summary>
public sealed class ClaimJudgeTests
{
    // The tail arm kept every failed request; head-10 kept about a tenth; always-on costs between 5 and 20 % of CPU in the sampling run.
    [Theory]
    [InlineData("tail", "tail", "errors_kept>=99%", true, ClaimOutcome.Confirmed)]
    [InlineData("tail", "tail", "errors_kept>=99%", false, ClaimOutcome.Refuted)]
    [InlineData("tail", "head-10", "errors_kept>=50%", false, ClaimOutcome.Confirmed)]
    [InlineData("sampling", "always-on", "cpu<1%", true, ClaimOutcome.Refuted)]
    [InlineData("sampling", "always-on", "cpu<1%", false, ClaimOutcome.Confirmed)]
    [InlineData("sampling", "no-such-arm", "cpu<1%", true, ClaimOutcome.CannotTell)]
    [InlineData("node-express", "full", "p50<10ms", true, ClaimOutcome.CannotTell)]
    public void A_claim_is_answered_by_the_run_of_its_scenario(string scenario, string arm, string condition, bool holds, ClaimOutcome expected) =>
        Assert.Equal(expected, Judge(scenario, new ClaimEvidence(arm, condition, holds)).Outcome);

    [Fact]
    public void A_claim_is_confirmed_by_all_of_its_evidence_and_refuted_by_one()
    {
        var (right, wrong, open) = (new ClaimEvidence("always-on", "cpu<1%", false), new ClaimEvidence("always-on", "cpu<1%", true), new ClaimEvidence("no-such-arm", "cpu<1%", true));

        Assert.Equal(ClaimOutcome.Confirmed, Judge("sampling", right, right).Outcome);
        Assert.Equal(ClaimOutcome.Refuted, Judge("sampling", right, wrong, open).Outcome);
        Assert.Equal(ClaimOutcome.CannotTell, Judge("sampling", right, open).Outcome);
    }

    [Fact]
    public void A_run_that_is_not_trusted_answers_nothing()
    {
        var run = ReferenceAnalysis.Of(ReferenceAnalysis.Sampling).Analysis;
        var untrusted = run with { Trust = run.Trust with { Level = Trust.TrustLevel.Untrusted } };

        var answer = ClaimJudge.Judge(new MeasuredClaim("It is cheap.", "sampling", [new ClaimEvidence("always-on", "cpu<1%", true)]), [untrusted]);

        Assert.Equal(ClaimOutcome.CannotTell, answer.Outcome);
        Assert.NotNull(answer.Evidence[0]!.Measured);
    }

    [Theory]
    [InlineData(0.5, 0.56)]
    [InlineData(0.25, 0.25)]
    [InlineData(0.78, 0.75)]
    [InlineData(0.82, null)]
    [InlineData(0.4, null)]
    public void A_load_is_that_of_the_run_which_is_nearest_to_the_share(double asked, double? found)
    {
        LoadLevelAnalysis[] levels = [.. new[] { 0.25, 0.56, 0.75 }.Select(share => new LoadLevelAnalysis(new MeasuredLoad(share, 400 * share, 8, 0, false), []))];
        var run = ReferenceAnalysis.Of(ReferenceAnalysis.Sampling).Analysis with { Levels = levels };

        Assert.Equal(found, ClaimJudge.Nearest(run, asked)?.Load.CapacityShare);
    }

    private static ClaimAnswer Judge(string scenario, params ClaimEvidence[] evidence) => ClaimJudge.Judge(
        new MeasuredClaim("It is so.", scenario, evidence),
        [ReferenceAnalysis.Of(ReferenceAnalysis.Sampling).Analysis, ReferenceAnalysis.Of(ReferenceAnalysis.Tail).Analysis]);
}
