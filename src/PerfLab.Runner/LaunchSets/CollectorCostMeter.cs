using PerfLab.Collector.Accounting;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.LaunchSets;

/// <summary>What the collector spends on each arm while the arms are measured.</summary>
internal sealed class CollectorCostMeter
{
    private readonly ISpanSink _spans;
    private readonly Dictionary<RunningArm, (double? CpuSeconds, long Answered)> _before;
    private readonly Dictionary<RunningArm, CollectorRecord> _records = [];

    private CollectorCostMeter(ISpanSink spans, IReadOnlyList<RunningArm> arms)
    {
        _spans = spans;
        foreach (var arm in arms)
        {
            spans.ResetPeaks(arm.Plan);
        }

        _before = arms.ToDictionary(arm => arm, arm => (spans.ReadCost(arm.Plan).CpuSeconds, arm.AnsweredCount));
    }

    /// <summary>Opens the account, just before the first slice.</summary>
    public static CollectorCostMeter Open(ISpanSink spans, IReadOnlyList<RunningArm> arms) => new(spans, arms);

    /// <summary>Closes it, after the closing readings.</summary>
    public void Close()
    {
        foreach (var (arm, before) in _before)
        {
            var cost = _spans.ReadCost(arm.Plan);
            _records[arm] = new CollectorRecord
            {
                CpuSeconds = cost.CpuSeconds - before.CpuSeconds,
                AnsweredCount = arm.AnsweredCount - before.Answered,
                PeakHeldBytes = cost.PeakHeldBytes,
                PeakHeldTraces = cost.PeakHeldTraces,
                Tail = null,
            };
        }
    }

    /// <summary>Gets the record of an arm whose processes have ended: with what tail sampling did in all their life.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="final">What the collector says of the arm in the end.</param>
    public CollectorRecord RecordOf(RunningArm arm, ArmCost final) => _records[arm] with { Tail = final.Tail };
}
