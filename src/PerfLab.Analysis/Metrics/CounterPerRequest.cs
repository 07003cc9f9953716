using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Metrics;

/// <summary>
/// A counter of the arm's processes over the whole measured window, from just before the first slice to the closing reading,
/// less what fell into voided rounds (from just before the arm's slice to just before its next), divided by all requests
/// answered in the slices that count. A total over a total: what comes in lumps, such as a batch export or a gen-2
/// collection, is charged whenever it happened, which a centre of per-round ratios would drop.
/// </summary>
internal static class CounterPerRequest
{
    /// <summary>Takes it.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="counter">The counter.</param>
    /// <param name="isElapsedTime">Whether it counts elapsed time, which neighbors lengthen: then the rounds that they disturbed are left out too.</param>
    internal static Sample Take(ArmRecord arm, Func<Reading, double?> counter, bool isElapsedTime = false)
    {
        if (arm.Slices.Count == 0)
        {
            return Sample.Missing(MissingReason.NoSlice);
        }

        SliceRecord[] slices = [.. arm.Slices.OrderBy(slice => slice.Round)];
        double? charged = counter(arm.ClosingReading) - counter(slices[0].Before);
        for (var index = 0; index < slices.Length; index++)
        {
            if (IsLeftOut(slices[index], isElapsedTime))
            {
                var next = index + 1 < slices.Length ? slices[index + 1].Before : arm.ClosingReading;
                charged -= counter(next) - counter(slices[index].Before);
            }
        }

        var answered = slices.Where(slice => !IsLeftOut(slice, isElapsedTime)).Sum(slice => slice.AnsweredCount);
        return (charged, answered) switch
        {
            (null, _) => Sample.Missing(MissingReason.NoReading),
            (_, <= 0) => Sample.Missing(MissingReason.NothingAnswered),
            ( < 0, _) => Sample.Missing(MissingReason.CounterRanBackwards),
            _ => Sample.Of(charged.Value / answered),
        };
    }

    private static bool IsLeftOut(SliceRecord slice, bool isElapsedTime) => slice.IsVoided || (isElapsedTime && slice.IsDisturbed);
}

/// <summary>User and system CPU seconds per answered request, without the runtime's background compiler where that is known.</summary>
internal static class CpuSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, reading => reading.SteadyCpuSeconds);
}

/// <summary>Managed bytes allocated per answered request.</summary>
internal static class AllocationSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, reading => reading.AllocatedBytes);
}

/// <summary>Seconds of garbage-collection pause per answered request.</summary>
internal static class GcPauseSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, reading => reading.GcPauseSeconds, isElapsedTime: true);
}

/// <summary>Resident bytes of the arm's processes at the end of measuring.</summary>
internal static class WorkingSetSample
{
    internal static Sample Take(ArmRecord arm) =>
        arm.ClosingReading.WorkingSetBytes is { } bytes ? Sample.Of(bytes) : Sample.Missing(MissingReason.NoReading);
}
