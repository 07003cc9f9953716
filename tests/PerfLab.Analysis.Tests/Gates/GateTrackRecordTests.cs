using PerfLab.Analysis.Gates;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;

namespace PerfLab.Analysis.Tests.Gates;

public sealed class GateTrackRecordTests
{
    [Fact]
    public void Without_nights_nothing_is_known()
    {
        var record = Record();

        Assert.Equal((0, 0, null), (record.Nights, record.ControlComparisons, record.ControlAlarmRatio));
    }

    // Clopper and Pearson, 1 of 20: 0.1266 % to 24.87 % (R 4.3, binom.test(1, 20)). An interval that begins at the threshold is no alarm.
    [Fact]
    public void False_alarms_are_those_of_the_A_A_pairs_with_their_exact_bounds()
    {
        HistoryEntry[] nights = [.. Enumerable.Range(0, 20).Select(night => Night(Estimate(null, low: night switch { 7 => 0.031, 11 => GateCases.Threshold, _ => -0.01 })))];

        var record = Record(nights);

        Assert.Equal((20, 20, 1), (record.Nights, record.ControlComparisons, record.ControlAlarms));
        Assert.Equal(0.001265, record.ControlAlarmRatio!.Value.Low, 0.000001);
        Assert.Equal(0.248733, record.ControlAlarmRatio.Value.High, 0.000001);
    }

    [Fact]
    public void A_suspect_counts_once_and_only_where_it_was_measured_again()
    {
        var found = Night([Estimate("on", 0.04), Estimate("on", 0.05, run: 1)], GateOutcome.Regressed);
        var chance = Night([Estimate("on", 0.04), Estimate("on", -0.01, run: 1)], GateOutcome.Passed);
        var unseen = Night([Estimate("on", 0.04)], GateOutcome.Undecided);
        var bystander = Night([Estimate("on", 0.01), Estimate("on", 0.05, run: 1)], GateOutcome.Passed);

        var record = Record(found, chance, chance, unseen, bystander);

        Assert.Equal((3, 1), (record.Rechecked, record.Confirmed));
    }

    [Fact]
    public void A_suspect_has_the_verdict_of_its_own_arm_and_metric()
    {
        var night = Night([Estimate("on", 0.04), Estimate("on", 0.05, run: 1)], GateOutcome.Regressed);
        HistoryVerdict[] others = [new("off", MetricId.Cpu, GateOutcome.Passed, Blocks: false), new("on", MetricId.P99, GateOutcome.Passed, Blocks: false)];

        var record = Record(night with { Verdicts = [.. night.Verdicts, .. others] });

        Assert.Equal((1, 1), (record.Rechecked, record.Confirmed));
    }

    [Fact]
    public void A_regression_that_the_next_night_reports_again_is_counted()
    {
        var regressed = Night([Estimate("on", 0.04), Estimate("on", 0.05, run: 1)], GateOutcome.Regressed);

        Assert.Equal(2, Record(regressed, regressed, regressed, Night([Estimate("on", 0)], GateOutcome.Passed), regressed).Repeated);
    }

    [Fact]
    public void Planted_costs_are_counted_apart()
    {
        var planted = new Dictionary<string, string> { ["SHOP_HANDICAP_CPU_US"] = "100" };
        var caught = Night([Estimate("on", 0.04)], GateOutcome.Regressed) with { Night = GateCases.Facts("p1", planted), Outcome = GateOutcome.Regressed };
        var missed = Night([Estimate("on", 0.01)], GateOutcome.Passed) with { Night = GateCases.Facts("p2", planted) };

        var real = Night([Estimate("on", 0.04)], GateOutcome.Regressed);

        var record = Record(caught, missed, real, caught);

        Assert.Equal((2, 3, 0), (record.PlantedFound, record.PlantedNights, record.Repeated));
    }

    [Fact]
    public void A_night_that_measured_nothing_is_none() =>
        Assert.Equal(0, Record(Night([], GateOutcome.NotJudged) with { Runs = [] }).Nights);

    private static GateTrackRecord Record(params HistoryEntry[] history) =>
        Gate.Judge(GateCases.Policy(), GateCases.Night(first: null, confirmation: null, NightEnd.Completed, history)).TrackRecord;

    private static HistoryEntry Night(params HistoryEstimate[] estimates) => Night(estimates, GateOutcome.Passed);

    private static HistoryEntry Night(HistoryEstimate[] estimates, GateOutcome outcome) => new()
    {
        FormatVersion = HistoryEntry.CurrentFormatVersion,
        Night = GateCases.Facts(),
        End = NightEnd.Completed,
        Runs = ["run"],
        Estimates = estimates,
        Verdicts = [new HistoryVerdict("on", MetricId.Cpu, outcome, Blocks: false)],
        Outcome = outcome,
        IsBlocked = false,
    };

    private static HistoryEstimate Estimate(string? arm, double low, int run = 0) => new()
    {
        Arm = arm,
        Metric = MetricId.Cpu,
        Run = run,
        LaunchSets = 12,
        Ratio = low + 0.01,
        RatioLow = low,
        RatioHigh = low + 0.02,
        ConfidenceLevel = 0.95,
        DetectableRatio = 0.02,
        Threshold = GateCases.Threshold,
    };
}
