using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Calibration;

/// <summary>What a handicap put on each request of a launch set.</summary>
internal static class InjectedCost
{
    /// <summary>Gets the cost per answered request, in the metric's unit; null where nothing was answered.</summary>
    internal static double? PerRequest(Handicap handicap, Plan plan, ArmRecord arm)
    {
        if (handicap.IntervalSeconds is not { } interval)
        {
            return handicap.Size;
        }

        var answered = arm.CountedSlices.Sum(slice => slice.AnsweredCount);
        return answered > 0 ? handicap.Size * ChargedSeconds(plan, arm) / interval / answered : null;
    }

    // An arm is charged from just before a slice to just before its next, and one idle round after the last. Bursts come whether
    // it is loaded or not; how many fall into that time is chance, by one more or less, and this is what there are on average.
    private static double ChargedSeconds(Plan plan, ArmRecord arm)
    {
        SliceRecord[] slices = [.. arm.Slices.OrderBy(slice => slice.Round)];
        var end = slices[^1].StartSeconds + (plan.Arms.Count * plan.SliceSeconds);
        return slices.Select((slice, index) => slice.IsVoided ? 0 : (index + 1 < slices.Length ? slices[index + 1].StartSeconds : end) - slice.StartSeconds).Sum();
    }
}
