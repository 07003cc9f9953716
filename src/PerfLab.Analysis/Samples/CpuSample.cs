using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>User and system CPU seconds per answered request, without the runtime's background compiler where that is known.</summary>
internal static class CpuSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, "CPU time", reading => reading.SteadyCpuSeconds);
}
