using PerfLab.Analysis.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Gates;

/// <summary>What the nights of a history say together.</summary>
public sealed class HistoryTrendTests
{
    [Fact]
    public void A_lasting_change_is_found_between_its_heads_with_both_levels()
    {
        HistoryEntry[] nights = [.. Enumerable.Range(0, 20).Select(number => Night(number, Estimate(number < 12 ? 0.04 : 0.08, number)))];

        var trend = Assert.Single(HistoryTrend.Of(nights));

        Assert.Equal(("on", "off", MetricId.Cpu, 20), (trend.Arm, trend.Against, trend.Metric, trend.Nights.Count));
        var shift = Assert.Single(trend.Shifts);
        Assert.Equal(("h11", "h12"), (shift.Last.Head.Commit, shift.First.Head.Commit));
        Assert.Equal((12, 8), (shift.Before.Nights, shift.After.Nights));
        Assert.Equal(0.04, shift.Before.MedianRatio, 0.0011);
        Assert.Equal(0.08, shift.After.MedianRatio, 0.0011);
    }

    [Fact]
    public void One_bad_night_is_no_shift() =>
        Assert.Empty(Assert.Single(HistoryTrend.Of([.. Enumerable.Range(0, 20).Select(number => Night(number, Estimate(number == 9 ? 0.5 : 0.04, number)))])).Shifts);

    [Fact]
    public void What_changed_with_the_machine_is_no_shift()
    {
        HistoryEntry[] nights = [.. Enumerable.Range(0, 20).Select(number => Night(number, Estimate(number < 10 ? 0.04 : 0.08, number), kernel: number < 10 ? "6.1" : "6.9"))];

        Assert.Empty(Assert.Single(HistoryTrend.Of(nights)).Shifts);
    }

    [Fact]
    public void Head_against_baseline_is_followed_only_where_the_baseline_stays()
    {
        HistoryEntry[] nights = [.. Enumerable.Range(0, 6).Select(number => Night(number, Estimate(0.04, number) with { Against = null }, baseline: number < 4 ? "old" : "new"))];

        var trend = Assert.Single(HistoryTrend.Of(nights));

        Assert.Null(trend.Against);
        Assert.Equal(["h4", "h5"], trend.Nights.Select(night => night.Facts.Head.Commit));
    }

    [Fact]
    public void The_baseline_of_a_night_that_measured_nothing_does_not_count()
    {
        HistoryEntry[] nights = [Night(1, Estimate(0.04, 1) with { Against = null }), Night(2, [], baseline: "new", kernel: "6.1") with { Runs = [] }];

        Assert.Equal(["h1"], Assert.Single(HistoryTrend.Of(nights)).Nights.Select(night => night.Facts.Head.Commit));
    }

    [Fact]
    public void Confirming_runs_A_A_pairs_planted_costs_and_nights_without_a_run_are_left_out()
    {
        HistoryEntry[] nights =
        [
            Night(1, Estimate(0.04, 1), Estimate(0.5, 1) with { Run = 1 }, Estimate(0.5, 1) with { Arm = null, Against = null }),
            Night(2, Estimate(0.5, 2)) with { Night = Facts(2, "b", "6.1") with { Planted = new Dictionary<string, string> { ["X"] = "1" } } },
            Night(3) with { Runs = [] },
        ];

        Assert.Equal(["h1"], Assert.Single(HistoryTrend.Of(nights)).Nights.Select(night => night.Facts.Head.Commit));
        Assert.Empty(HistoryTrend.Of([]));
        Assert.Empty(HistoryTrend.Of(nights[1..]));
    }

    [Fact]
    public void What_the_gate_did_not_judge_is_no_point_of_a_trend()
    {
        HistoryEntry[] nights =
        [
            Night(1, Estimate(0.04, 1)),
            Night(2, Estimate(-0.2, 2)) with { Verdicts = [new HistoryVerdict("on", MetricId.Cpu, GateOutcome.NotJudged, Blocks: true)] },
            Night(3, Estimate(0.04, 3)) with { Verdicts = [new HistoryVerdict("on", MetricId.Cpu, GateOutcome.Passed, Blocks: false), new HistoryVerdict("on", MetricId.P50, GateOutcome.NotJudged, Blocks: false)] },
        ];

        Assert.Equal(["h1", "h3"], Assert.Single(HistoryTrend.Of(nights)).Nights.Select(night => night.Facts.Head.Commit));
    }

    private static HistoryEstimate Estimate(double ratio, int number) => new()
    {
        Arm = "on",
        Against = "off",
        Metric = MetricId.Cpu,
        Run = 0,
        LaunchSets = 12,
        Ratio = ratio + (0.001 * ((number % 3) - 1)),
        RatioLow = ratio - 0.01,
        RatioHigh = ratio + 0.01,
        ConfidenceLevel = 0.95,
        DetectableRatio = 0.02,
        Threshold = GateCases.Threshold,
    };

    private static HistoryEntry Night(int number, params HistoryEstimate[] estimates) => Night(number, estimates, "b", "6.1");

    private static HistoryEntry Night(int number, HistoryEstimate estimate, string baseline = "b", string kernel = "6.1") => Night(number, [estimate], baseline, kernel);

    private static HistoryEntry Night(int number, HistoryEstimate[] estimates, string baseline, string kernel) => new()
    {
        FormatVersion = HistoryEntry.CurrentFormatVersion,
        Night = Facts(number, baseline, kernel),
        End = NightEnd.Completed,
        Runs = ["r"],
        Estimates = estimates,
        Verdicts = [],
        Outcome = GateOutcome.Passed,
        IsBlocked = false,
    };

    private static NightFacts Facts(int number, string baseline, string kernel) => GateCases.Facts($"n{number}") with
    {
        StartedUtc = LabRun.Manifest.StartedUtc.AddDays(number),
        Baseline = new BuiltCommit(baseline, null),
        Head = new BuiltCommit($"h{number}", null),
        Machine = GateCases.Machine with { Kernel = kernel },
    };
}
