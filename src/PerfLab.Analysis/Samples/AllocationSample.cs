using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>Managed bytes allocated per answered request.</summary>
internal static class AllocationSample
{
    internal static Sample Take(ArmRecord arm) => CounterPerRequest.Take(arm, "allocated bytes", reading => reading.AllocatedBytes);
}
