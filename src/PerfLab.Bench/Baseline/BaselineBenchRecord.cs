using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Baseline;

/// <summary>
/// One and the same configuration compared with itself in two ways that take equally long, as <c>./run.sh bench baseline</c>
/// writes it: one arm after the other in fresh processes, and PerfLab's interleaved design.
/// </summary>
public sealed record BaselineBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the scenario whose baseline is measured.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the runtime profile of all processes, on both sides.</summary>
    public required string Runtime { get; init; }

    /// <summary>Gets the time that each side was given, everything included.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>Gets the time that the naive side took.</summary>
    public required double NaiveSeconds { get; init; }

    /// <summary>Gets the uncounted load before each naive run.</summary>
    public required double NaiveWarmUpSeconds { get; init; }

    /// <summary>Gets the connections of the naive side's closed loop.</summary>
    public required int NaiveConnections { get; init; }

    /// <summary>Gets the naive runs in the order in which they were made.</summary>
    public required IReadOnlyList<NaiveRun> NaiveRuns { get; init; }

    /// <summary>Gets the time that the interleaved side took.</summary>
    public required double InterleavedSeconds { get; init; }

    /// <summary>Gets the folder of the interleaved run, beside this file.</summary>
    public required string InterleavedRun { get; init; }

    /// <summary>Gets the launch sets that counted in it.</summary>
    public required int LaunchSets { get; init; }

    /// <summary>Gets the change in CPU per request that it sees between the twins, as a ratio; null when it has no interval.</summary>
    public required BenchInterval? CpuChange { get; init; }

    /// <summary>Gets the change in allocated bytes per request, as a ratio.</summary>
    public required BenchInterval? AllocationChange { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}

/// <summary>One arm run once in a fresh process, as most harnesses do: a short warm-up, a closed loop, the process's CPU time before and after.</summary>
/// <param name="Pair">The comparison that it belongs to, from 1; a pair has the baseline first and its twin second.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Seconds">Length of the counted load.</param>
/// <param name="Answered">Requests answered meanwhile.</param>
/// <param name="Errors">Requests not answered as expected.</param>
/// <param name="CpuSeconds">CPU time of all the arm's processes meanwhile, the runtime's background compiler included.</param>
public sealed record NaiveRun(int Pair, string Arm, double Seconds, long Answered, long Errors, double CpuSeconds)
{
    /// <summary>Gets the CPU time per answer.</summary>
    public double CpuSecondsPerRequest => CpuSeconds / Answered;
}
