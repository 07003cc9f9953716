using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests.Runs;

/// <summary>The ledgers of launch sets, added up.</summary>
public class LedgerTotalTests
{
    // In each of six launch sets 100 spans are sampled and 80 arrive; of 20 missing the queue dropped 15 and the back end refused 3.
    private static readonly SpanLedger s_lossy = LabRun.Ledger(100, 80) with
    {
        DroppedCount = 15,
        RefusedCount = 3,
        ReceivedByService = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["orders"] = 50, ["payments"] = 30 },
    };

    [Fact]
    public void What_was_lost_in_one_place_is_the_sum_over_the_launch_sets_best_known_place_first() =>
        Assert.Equal(
            [new(SpanLossLocation.Queue, 90), new(SpanLossLocation.BackEnd, 18), new SpanLoss(SpanLossLocation.Unknown, 12)],
            On().SpanLosses);

    [Fact]
    public void What_arrived_from_one_service_is_the_sum_over_the_launch_sets() =>
        Assert.Equal(
            [new("orders", 300L), new KeyValuePair<string, long>("payments", 180)],
            On().Spans.ReceivedByService);

    private static ArmAnalysis On()
    {
        LaunchRecord[] launches = [.. Enumerable.Range(1, 6).Select(i => LabRun.Launch(i, LabRun.Arm("off"), LabRun.Arm("off'"), LabRun.Arm("on") with { Spans = s_lossy }))];
        return LabRun.Analyze(LabRun.Plan(6, "on"), launches).Arm("on");
    }
}
