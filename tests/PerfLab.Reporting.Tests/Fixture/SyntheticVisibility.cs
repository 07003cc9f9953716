using PerfLab.Analysis;
using PerfLab.Analysis.Traces;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>What the arms of a synthetic run might let one see: each keeps as many failed requests as it exports spans.</summary>
internal static class SyntheticVisibility
{
    public static RunTraceRetention Of(IReadOnlyList<SyntheticArm> arms) => new([.. arms.Select(Arm)]);

    private static ArmTraceRetention Arm(SyntheticArm arm)
    {
        var kept = arm.SpansPerRequest / 9;
        return new ArmTraceRetention
        {
            Name = arm.Name,
            Role = arm.Role,
            IsTailSampled = arm.Name == "always-on",
            Kept = Share(kept),
            FailedKept = Share(kept),
            SlowKept = Share(kept),
            SlowestKept = Share(kept),
            Complete = kept > 0 ? Share(1) : new ShareEstimate { Count = 0, Of = 0, Value = null, Interval = null },
            Orphans = Share(0),
            DelayP50 = new DelayEstimate(kept > 0 ? 2.4 : null, null),
            DelayP99 = new DelayEstimate(kept > 0 ? 4.9 : null, null),
            ErrorAlert = Alert(kept >= 0.09 ? 11 : kept > 0 ? 3 : 0, falseCount: arm.Name == "always-on" ? 2 : 0),
            SlowAlert = Alert(0, falseCount: 0),
        };
    }

    private static ShareEstimate Share(double value) => new()
    {
        Count = (long)(1_000 * value),
        Of = 1_000,
        Value = value,
        Interval = new Interval(value, 0.9 * value, Math.Min(1, 1.1 * value), 0.958),
    };

    private static AlertSummary Alert(int fired, int falseCount) => new()
    {
        FiredCount = fired,
        WasFiringCount = 0,
        Bursts = 11,
        FalseCount = falseCount,
        Delay = new DelayEstimate(fired > 0 ? 3.2 : null, null),
    };
}
