using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>
/// A counter of the arm's processes over the whole measured window, from just before the first slice to the closing reading,
/// divided by all requests answered in it. A total over a total: what comes in lumps, such as a batch export or a gen-2
/// collection, is charged whenever it happened, which a centre of per-round ratios would drop.
/// </summary>
internal static class CounterPerRequest
{
    internal static Sample Take(ArmRecord arm, string counterName, Func<Reading, double?> counter)
    {
        if (arm.Slices.Count == 0)
        {
            return Sample.Missing("no slice was run");
        }

        var opening = counter(arm.Slices.MinBy(slice => slice.Round)!.Before);
        var closing = counter(arm.ClosingReading);
        var answered = arm.Slices.Sum(slice => slice.AnsweredCount);
        return (opening, closing, answered) switch
        {
            (null, _, _) or (_, null, _) => Sample.Missing($"no reading of {counterName}"),
            (_, _, <= 0) => Sample.Missing("no request was answered"),
            var (start, end, _) when end < start => Sample.Missing($"the counter of {counterName} ran backwards, as if a process had been replaced"),
            var (start, end, _) => Sample.Of((end.Value - start.Value) / answered),
        };
    }
}
