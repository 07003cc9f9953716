using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Samples;

/// <summary>What the collector spent on the arm in the measured window.</summary>
internal static class CollectorSample
{
    private static readonly Sample NotRecorded = Sample.Missing("what the collector spent was not recorded");

    /// <summary>CPU seconds of the collector per answered request.</summary>
    internal static Sample Cpu(ArmRecord arm) => arm.Collector switch
    {
        null => NotRecorded,
        { CpuSeconds: null } => Sample.Missing("this platform does not tell the CPU time of a thread"),
        { AnsweredCount: <= 0 } => Sample.Missing("no request was answered"),
        { CpuSeconds: { } seconds, AnsweredCount: var answered } => Sample.Of(seconds / answered),
    };

    /// <summary>The most bytes held back at once.</summary>
    internal static Sample Memory(ArmRecord arm) => arm.Collector is { } collector ? Sample.Of(collector.PeakHeldBytes) : NotRecorded;
}
