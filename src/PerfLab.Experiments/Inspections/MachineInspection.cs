using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Inspections;

/// <summary>What a machine offers to measurements; null is not known on this system.</summary>
public sealed record MachineInspection
{
    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the processors that are switched on.</summary>
    public required int OnlineProcessors { get; init; }

    /// <summary>Gets the processors that this process may use, ascending.</summary>
    public required IReadOnlyList<int>? AllowedProcessors { get; init; }

    /// <summary>Gets how they are split between targets and PerfLab; null where they cannot be.</summary>
    public required Placement? Placement { get; init; }

    /// <summary>Gets the limits of the control group.</summary>
    public required ControlGroup? ControlGroup { get; init; }

    /// <summary>Gets the frequency governor of the first processor.</summary>
    public required string? FrequencyGovernor { get; init; }

    /// <summary>Gets the clock.</summary>
    public required ClockPrecision Clock { get; init; }

    /// <summary>Gets a value indicating whether the CPU time of processes is known to the nanosecond and not in ticks of 10 ms.</summary>
    public required bool HasNanosecondCpuTime { get; init; }

    /// <summary>Gets <c>kernel.perf_event_paranoid</c>.</summary>
    public required int? PerfEventParanoid { get; init; }

    /// <summary>Gets what came of opening a hardware counter of this process.</summary>
    public required CounterAccess HardwareCounters { get; init; }

    /// <summary>Gets the files and sockets that may be open at a time.</summary>
    public required long? MaxOpenFiles { get; init; }

    /// <summary>Gets the local ports for connections to one address.</summary>
    public required long? LocalPorts { get; init; }

    /// <summary>Gets the memory that can be had without swapping.</summary>
    public required long? AvailableMemoryBytes { get; init; }

    /// <summary>Gets the folder of runs.</summary>
    public required ResultsPlace Results { get; init; }

    /// <summary>Gets the .NET SDKs beside the runtime that runs this; empty where there is only a runtime.</summary>
    public required IReadOnlyList<string> DotNetSdks { get; init; }

    /// <summary>Gets what a busy loop lost, by processor.</summary>
    public required IReadOnlyList<BusyLoopTrial> BusyLoops { get; init; }

    /// <summary>Gets the share of all processors' time that the hypervisor took meanwhile; 0.05 is 5 %.</summary>
    public required double? StealRatio { get; init; }

    /// <summary>Gets how often the control group was throttled meanwhile.</summary>
    public required long? ThrottledCount { get; init; }
}

/// <summary>What comes of opening a hardware counter.</summary>
public enum CounterAccess
{
    /// <summary>Not known on this system.</summary>
    Unknown = 0,

    /// <summary>It can be opened.</summary>
    Opened = 1,

    /// <summary>The kernel does not permit it to this user or in this container.</summary>
    NotPermitted = 2,

    /// <summary>The processor, real or virtual, has none.</summary>
    NoHardware = 3,

    /// <summary>The kernel has no such call, or a container hides it.</summary>
    NoKernelSupport = 4,
}

/// <summary>The limits of a control group of Linux; null is no limit.</summary>
/// <param name="QuotaCores">CPU time that it may use, in processors.</param>
/// <param name="MemoryBytes">Memory that it may use.</param>
/// <param name="ThrottledCount">How often it was throttled since its creation; null where it is not counted.</param>
public sealed record ControlGroup(double? QuotaCores, long? MemoryBytes, long? ThrottledCount)
{
    /// <summary>Gets the memory that can be used: what is available, less where a control group allows less; null where neither is known.</summary>
    /// <param name="availableBytes">The memory that can be had without swapping; null where not known.</param>
    /// <param name="group">The control group; null where there is none.</param>
    public static long? UsableMemory(long? availableBytes, ControlGroup? group) => (availableBytes, group?.MemoryBytes) switch
    {
        ({ } available, { } limit) => Math.Min(available, limit),
        var (available, limit) => available ?? limit,
    };
}

/// <summary>The clock that durations are measured with.</summary>
/// <param name="Source">The kernel's clock source; null where not known.</param>
/// <param name="ResolutionSeconds">The smallest step that was seen.</param>
/// <param name="ReadSeconds">What a reading takes.</param>
public sealed record ClockPrecision(string? Source, double ResolutionSeconds, double ReadSeconds);

/// <summary>The folder of runs.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsWritable">Whether this user may write there.</param>
/// <param name="FreeBytes">Free space; null where not known.</param>
public sealed record ResultsPlace(string Path, bool IsWritable, long? FreeBytes);

/// <summary>A thread that does nothing but look at the clock, on one processor, as the load generator would.</summary>
/// <param name="Processor">The processor; null where threads cannot be placed.</param>
/// <param name="Seconds">How long.</param>
/// <param name="LostRatio">The share of that time in which it did not run.</param>
/// <param name="LongestGapSeconds">The longest time without running.</param>
public sealed record BusyLoopTrial(int? Processor, double Seconds, double LostRatio, double LongestGapSeconds);
