using PerfLab.Experiments;

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

        Assert.Matches(@"^Who comes last in a round costs \+(7\.[5-9]|8\.[0-5]) % \(", finding.Facts);
        Assert.Equal(FindingSeverity.Note, finding.Severity);
    }

    [Theory]
    [InlineData(-0.10, "still warming up")]
    [InlineData(0.10, "Something grows")]
    public void A_drift_is_found_whichever_way_it_goes(double change, string advice)
    {
        var finding = SymptomRun.Findings(8, (_, round, _) => Cost * (1 + (change * round / (SymptomRun.Rounds - 1.0)))).Find("drift-over-rounds")!;

        Assert.Contains(change < 0 ? "changes by -" : "changes by +", finding.Facts, StringComparison.Ordinal);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
    }

    [Fact]
    public void A_drift_below_two_percent_is_not_worth_a_word() =>
        Assert.Null(SymptomRun.Findings(8, (_, round, _) => Cost * (1 + (0.015 * round / (SymptomRun.Rounds - 1.0)))).Find("drift-over-rounds"));

    // Every third round of one arm costs half as much again.
    [Fact]
    public void Rounds_in_two_heaps_are_found_with_their_places()
    {
        var finding = SymptomRun.Findings(8, (arm, round, _) => arm == "on" && round % 3 == 0 ? 1.5 * Cost : Cost).Find("bimodal-rounds")!;

        Assert.Equal("on", finding.Subject);
        Assert.Matches("in 8 of 8 launch sets, for example about (39|40)[0-9] us and (59|60)[0-9] us", finding.Facts);
    }

    [Fact]
    public void A_window_with_few_collections_is_told()
    {
        // 1 + 1 to 1 + 8 collections.
        var finding = SymptomRun.Findings(8, (_, _, _) => Cost, collections: 1).Find("gc-alignment")!;

        Assert.Contains("off 2 to 9; off' 2 to 9; on 2 to 9. One more or less by chance changes GC pause per request by 50.0 %", finding.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_interval_nothing_is_called_a_trend() =>
        Assert.Null(SymptomRun.Findings(5, (_, round, position) => Cost * (1 + round + position)).Find("drift-over-rounds"));

    // /proc counts in steps of 10 ms: slices without any cost say that the clock is too coarse to look at single ones.
    [Fact]
    public void A_coarse_clock_finds_nothing() =>
        Assert.Null(SymptomRun.Findings(8, (_, round, _) => round % 2 == 0 ? 0 : 1e-4 * round).Find("drift-over-rounds"));
}
