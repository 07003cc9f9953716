using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether tail sampling had room for what it should hold back.</summary>
internal static class TailChecks
{
    /// <summary>Checks one arm.</summary>
    public static IEnumerable<Finding> Run(ArmRecord arm)
    {
        if (arm.Collector?.Tail is { CutShortTraceCount: > 0 } tail)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "tail-without-room",
                arm.Arm,
                $"For lack of room {tail.CutShortTraceCount} traces were judged before their time, and {tail.DroppedForRoomTraceCount} of them dropped.",
                "Raise max_traces and max_bytes of the variant's tail, or shorten its wait.");
        }
    }
}
