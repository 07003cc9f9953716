using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>Resident bytes of the arm's processes at the end of measuring.</summary>
internal static class WorkingSetSample
{
    internal static Sample Take(ArmRecord arm) =>
        arm.ClosingReading.WorkingSetBytes is { } bytes ? Sample.Of(bytes) : Sample.Missing("no reading of the working set");
}
