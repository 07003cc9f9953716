using PerfLab.Experiments.Inspections;

namespace PerfLab.Analysis.Inspections;

/// <summary>Judges what a machine offers to measurements. Nothing of it keeps PerfLab from running.</summary>
public static class MachineJudge
{
    // PerfLab voids a round above 5 % and mentions 1 % (docs/measurement.md).
    private const double NotableStealRatio = 0.01;

    // A start that comes so late shows in every response time; slices are 100 ms.
    private const double LongGapSeconds = 0.005;
    private const double NotableLostRatio = 0.01;

    // The quickest services answer in 20 us.
    private const double CoarseClockSeconds = 1e-6;

    // Shop with its arms and the generator take about 200; a load of 1,000 connections takes as many.
    private const long UsualOpenFiles = 1024;
    private const long UsualPorts = 10_000;
    private const long UsualMemoryBytes = 1_000_000_000;
    private const long UsualDiskBytes = 1_000_000_000;

    /// <summary>Judges everything, in the order in which it is shown.</summary>
    /// <param name="machine">The machine.</param>
    public static IReadOnlyList<MachineFinding> Judge(MachineInspection machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return
        [
            Of(MachineCapability.Processors, (machine.AllowedProcessors?.Count ?? machine.OnlineProcessors) > 1),
            Of(MachineCapability.Placement, machine.Placement is not null),
            Of(MachineCapability.Quota, machine.ControlGroup?.QuotaCores is null && machine.ThrottledCount is null or 0),
            Of(MachineCapability.Steal, machine.StealRatio is not { } steal || steal <= NotableStealRatio),
            Of(MachineCapability.Noise, machine.BusyLoops.All(loop => loop.LostRatio <= NotableLostRatio && loop.LongestGapSeconds <= LongGapSeconds)),
            Of(MachineCapability.Frequency, machine.FrequencyGovernor is null or "performance"),
            Of(MachineCapability.Clock, machine.Clock.ResolutionSeconds <= CoarseClockSeconds && machine.Clock.ReadSeconds <= CoarseClockSeconds),
            Of(MachineCapability.CpuTime, machine.HasNanosecondCpuTime),
            Of(MachineCapability.Counters, machine.HardwareCounters == CounterAccess.Opened),
            Of(MachineCapability.OpenFiles, machine.MaxOpenFiles is not { } files || files >= UsualOpenFiles),
            Of(MachineCapability.Ports, machine.LocalPorts is not { } ports || ports >= UsualPorts),
            Of(MachineCapability.Memory, Memory(machine) is not { } memory || memory >= UsualMemoryBytes),
            Of(MachineCapability.Results, machine.Results is { IsWritable: true, FreeBytes: null or >= UsualDiskBytes }),
            Of(MachineCapability.Sdk, machine.DotNetSdks.Count > 0),
        ];
    }

    /// <summary>Gets the memory that can be used: what is available, less where the control group allows less.</summary>
    /// <param name="machine">The machine.</param>
    public static long? Memory(MachineInspection machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return ControlGroup.UsableMemory(machine.AvailableMemoryBytes, machine.ControlGroup);
    }

    private static MachineFinding Of(MachineCapability capability, bool isGood) => new(capability, isGood ? InspectionOutcome.Good : InspectionOutcome.Limited);
}

/// <summary>The judgement of one capability.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Outcome">Good, or limited.</param>
public sealed record MachineFinding(MachineCapability Capability, InspectionOutcome Outcome);

/// <summary>What a machine offers to measurements.</summary>
public enum MachineCapability
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Processors that may be used.</summary>
    Processors = 1,

    /// <summary>Targets and PerfLab on processors of their own.</summary>
    Placement = 2,

    /// <summary>CPU time without a quota.</summary>
    Quota = 3,

    /// <summary>A hypervisor that takes nothing.</summary>
    Steal = 4,

    /// <summary>Neighbors that take nothing.</summary>
    Noise = 5,

    /// <summary>A steady frequency.</summary>
    Frequency = 6,

    /// <summary>A fine and quick clock.</summary>
    Clock = 7,

    /// <summary>CPU time of processes to the nanosecond.</summary>
    CpuTime = 8,

    /// <summary>Hardware counters of one's own processes.</summary>
    Counters = 9,

    /// <summary>Files and sockets.</summary>
    OpenFiles = 10,

    /// <summary>Local ports.</summary>
    Ports = 11,

    /// <summary>Memory.</summary>
    Memory = 12,

    /// <summary>A folder for results.</summary>
    Results = 13,

    /// <summary>A .NET SDK.</summary>
    Sdk = 14,
}
