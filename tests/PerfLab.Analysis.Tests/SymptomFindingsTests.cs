using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public class SymptomFindingsTests
{
    private const double Cost = 0.0004;

    [Fact]
    public void A_run_without_symptoms_has_no_such_finding()
    {
        var codes = SymptomRun.Findings(8, (_, _, _) => Cost).Select(finding => finding.Code).ToArray();

        Assert.Empty(codes.Intersect(["order-effect", "drift-over-rounds", "bimodal-rounds", "gc-alignment"]));
    }

    // The third of three costs 8 % more than the first; the order is balanced, so no arm is dearer for it.
    [Fact]
    public void Who_comes_last_in_a_round_is_found_to_cost_more()
    {
        var finding = SymptomRun.Findings(8, (_, _, position) => Cost * (1 + (0.04 * position))).Find("order-effect")!;

        Assert.InRange(Assert.IsType<OrderEffect>(finding.Details).Change.Estimate, 0.075, 0.0855);
        Assert.Equal(FindingSeverity.Note, finding.Severity);
    }

    [Theory]
    [InlineData(-0.10)]
    [InlineData(0.10)]
    public void A_drift_is_found_whichever_way_it_goes(double change)
    {
        var finding = SymptomRun.Findings(8, (_, round, _) => Cost * (1 + (change * round / (SymptomRun.Rounds - 1.0)))).Find("drift-over-rounds")!;

        Assert.Equal(Math.Sign(change), Math.Sign(Assert.IsType<DriftOverRounds>(finding.Details).Change.Estimate));
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
    }

    [Fact]
    public void A_drift_below_two_percent_is_not_worth_a_word() =>
        Assert.Null(SymptomRun.Findings(8, (_, round, _) => Cost * (1 + (0.015 * round / (SymptomRun.Rounds - 1.0)))).Find("drift-over-rounds"));

    // Every third round of one arm costs half as much again.
    [Fact]
    public void Rounds_with_two_modes_are_found_with_their_modes()
    {
        var finding = SymptomRun.Findings(8, (arm, round, _) => arm == "on" && round % 3 == 0 ? 1.5 * Cost : Cost).Find("bimodal-rounds")!;

        Assert.Equal("on", finding.Subject);
        var rounds = Assert.IsType<MultimodalRounds>(finding.Details);
        Assert.Equal((8, 8, 2), (rounds.AffectedLaunchSets, rounds.LaunchSets, rounds.ModeSeconds.Count));
        Assert.InRange(rounds.ModeSeconds[0], 390e-6, 410e-6);
        Assert.InRange(rounds.ModeSeconds[1], 590e-6, 610e-6);
    }

    [Fact]
    public void A_window_with_few_collections_is_told()
    {
        // 1 + 1 to 1 + 8 collections.
        var finding = SymptomRun.Findings(8, (_, _, _) => Cost, collections: 1).Find("gc-alignment")!;

        Assert.Equal([new("off", 2, 9), new("off'", 2, 9), new("on", 2, 9)], Assert.IsType<FewCollections>(finding.Details).Arms);
    }

    [Fact]
    public void Without_an_interval_nothing_is_called_a_trend() =>
        Assert.Null(SymptomRun.Findings(5, (_, round, position) => Cost * (1 + round + position)).Find("drift-over-rounds"));

    // /proc counts in steps of 10 ms: slices without any cost say that the clock is too coarse to look at single ones.
    [Fact]
    public void A_coarse_clock_finds_nothing() =>
        Assert.Null(SymptomRun.Findings(8, (_, round, _) => round % 2 == 0 ? 0 : 1e-4 * round).Find("drift-over-rounds"));
}
