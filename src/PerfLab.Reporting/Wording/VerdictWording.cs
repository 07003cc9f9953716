using PerfLab.Analysis;

namespace PerfLab.Reporting.Wording;

/// <summary>Says why a verdict is not decided.</summary>
internal static class VerdictWording
{
    /// <summary>Says it as a part of a sentence; null where the verdict is decided, or where there is none.</summary>
    public static string? Undecided(MetricComparison comparison)
    {
        var limits = PercentText.Limits(comparison.PracticalThreshold);
        return comparison.Undecided switch
        {
            null => null,
            { Reason: UndecidedReason.CrossesThreshold } => $"the interval reaches across a limit of {limits}",
            { Reason: UndecidedReason.OutOfReach } family =>
                $"the interval lies beyond {limits}, but with {family.Comparisons} variants and {family.LaunchSets} launch sets no result is extreme enough after Holm's adjustment: {family.NeededLaunchSets} launch sets are needed",
            { Reason: UndecidedReason.NotAfterAdjustment } family =>
                $"the interval lies beyond {limits}, but not after Holm's adjustment for {family.Comparisons} variants (p = {PercentText.Probability(comparison.AdjustedThresholdPValue!.Value)})",
            { Reason: UndecidedReason.ControlMoved, Control: { } control } => $"the baseline measured twice differs from itself by {PercentText.Change(control)}",
            _ => "no reason was given",
        };
    }
}
