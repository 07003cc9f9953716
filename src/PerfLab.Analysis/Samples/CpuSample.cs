using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>User and system CPU seconds per answered request.</summary>
internal static class CpuSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, "CPU time", reading => reading.CpuSeconds);
}
