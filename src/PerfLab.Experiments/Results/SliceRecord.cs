using System.Text.Json.Serialization;
using PerfLab.Experiments.Generators;

namespace PerfLab.Experiments.Results;

/// <summary>One visit to one arm.</summary>
public sealed record SliceRecord
{
    /// <summary>Gets the round, from 0.</summary>
    public required int Round { get; init; }

    /// <summary>Gets the place within the round, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Gets when the slice began, from the beginning of the measured window.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Gets the length of the schedule.</summary>
    public required double ScheduledSeconds { get; init; }

    /// <summary>Gets the time until the last answer.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Gets the starts in the schedule.</summary>
    public required long OfferedCount { get; init; }

    /// <summary>Gets the requests sent.</summary>
    public required long StartedCount { get; init; }

    /// <summary>Gets the requests answered as expected.</summary>
    public required long AnsweredCount { get; init; }

    /// <summary>Gets the starts given up because too many requests were in flight.</summary>
    public required long DroppedCount { get; init; }

    /// <summary>Gets errors by kind.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets a value indicating whether its round was voided (<see cref="LaunchRecord.VoidedRounds"/>): it counts for nothing.</summary>
    public bool IsVoided { get; init; }

    /// <summary>Gets a value indicating whether neighbors took so much of its round that it counts without its response times; absent in the file where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDisturbed { get; init; }

    /// <summary>Gets what only a window of a load tool has; null, and absent in the file, where PerfLab's own engine made the load.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratorWindow? Generator { get; init; }

    /// <summary>Gets the reading of the arm's processes, added up, just before the slice.</summary>
    public required Reading Before { get; init; }
}

/// <summary>A snapshot of one process, or of several added up. Counters since the process started; null is not measured.</summary>
public sealed record Reading
{
    /// <summary>Gets user and system CPU time.</summary>
    public required double? CpuSeconds { get; init; }

    /// <summary>Gets managed bytes allocated.</summary>
    public required long? AllocatedBytes { get; init; }

    /// <summary>Gets collections of generation 0 and above.</summary>
    public required long? Gen0Count { get; init; }

    /// <summary>Gets collections of generation 1 and above.</summary>
    public required long? Gen1Count { get; init; }

    /// <summary>Gets collections of generation 2.</summary>
    public required long? Gen2Count { get; init; }

    /// <summary>Gets the time that the garbage collector paused the process.</summary>
    public required double? GcPauseSeconds { get; init; }

    /// <summary>Gets resident memory.</summary>
    public required long? WorkingSetBytes { get; init; }

    /// <summary>Gets methods compiled by the just-in-time compiler, all tiers.</summary>
    public required long? CompiledMethodCount { get; init; }

    /// <summary>Gets the part of <see cref="CpuSeconds"/> that the runtime's background compiler used.</summary>
    public double? CompilerCpuSeconds { get; init; }

    /// <summary>Gets the heap in use, live objects and garbage; null where no probe tells.</summary>
    public long? HeapBytes { get; init; }

    /// <summary>Gets the event loop; null in runtimes that have none.</summary>
    public EventLoopReading? EventLoop { get; init; }

    /// <summary>
    /// Gets the CPU time without the background compiler, where it is known: compiling hot code again ends some minutes after
    /// a start, and how much of it falls into a measured window is chance.
    /// </summary>
    [JsonIgnore]
    public double? SteadyCpuSeconds => CpuSeconds - (CompilerCpuSeconds ?? 0);
}

/// <summary>A snapshot of the event loop of Node.js, or of several added up: counters since the first reading or before.</summary>
/// <param name="ActiveSeconds">Time in which it ran callbacks.</param>
/// <param name="IdleSeconds">Time in which it waited for events.</param>
/// <param name="DelayCount">Samples of its delay: how much later than due a timer ran.</param>
/// <param name="DelaySeconds">Their sum.</param>
public sealed record EventLoopReading(double ActiveSeconds, double IdleSeconds, long DelayCount, double DelaySeconds);
