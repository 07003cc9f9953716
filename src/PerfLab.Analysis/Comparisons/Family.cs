using PerfLab.Statistics.Multiplicity;

namespace PerfLab.Analysis.Comparisons;

/// <summary>The variants that one metric compares with the baseline at once.</summary>
/// <param name="Comparisons">Their number.</param>
/// <param name="LaunchSets">Launch sets behind each.</param>
internal sealed record Family(int Comparisons, int LaunchSets)
{
    /// <summary>Gets the number of launch sets from which every variant can be judged Slower or Faster.</summary>
    internal int NeededLaunchSets => Holm.SmallestSignedRankCount(Math.Max(1, Comparisons), VerdictRule.Alpha);

    /// <summary>Gets a value indicating whether not even the most extreme result survives the adjustment.</summary>
    internal bool IsOutOfReach => LaunchSets < NeededLaunchSets;
}
