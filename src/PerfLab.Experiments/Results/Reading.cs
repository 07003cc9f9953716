using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Results;

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

    /// <summary>
    /// Gets the CPU time without the background compiler, where it is known: compiling hot code again ends some minutes after
    /// a start, and how much of it falls into a measured window is chance.
    /// </summary>
    [JsonIgnore]
    public double? SteadyCpuSeconds => CpuSeconds - (CompilerCpuSeconds ?? 0);
}
