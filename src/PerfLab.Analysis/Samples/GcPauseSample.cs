using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>Seconds of garbage-collection pause per answered request.</summary>
internal static class GcPauseSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, "GC pause", reading => reading.GcPauseSeconds);
}
