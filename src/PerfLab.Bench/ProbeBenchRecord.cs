using PerfLab.Experiments.Results;

namespace PerfLab.Bench;

/// <summary>What the probe costs the process that it measures, as <c>./run.sh bench probe</c> writes it.</summary>
public sealed record ProbeBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the scenario whose baseline is measured with and without the probe.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the runtime profile of all processes.</summary>
    public required string Runtime { get; init; }

    /// <summary>Gets the folder of the run, beside this file.</summary>
    public required string Run { get; init; }

    /// <summary>Gets the launch sets that counted.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets by which source each arm was read, <c>proc</c> or <c>probe</c>.</summary>
    public required IReadOnlyDictionary<string, string> Readings { get; init; }

    /// <summary>Gets the readings per second of measuring that each arm answers.</summary>
    public required double ReadingsPerSecond { get; init; }

    /// <summary>Gets the change in CPU per request by the probe, as a ratio; null when there is no interval.</summary>
    public required BenchInterval? CpuChange { get; init; }

    /// <summary>Gets the CPU seconds per request that the probe adds.</summary>
    public required BenchInterval? CpuSecondsPerRequest { get; init; }

    /// <summary>Gets the change between two arms without the probe, as a ratio: how far this bench can see.</summary>
    public required BenchInterval? ControlChange { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}
