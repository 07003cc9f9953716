namespace PerfLab.Experiments.Results.Benches;

/// <summary>The load engine measured beside other tools, as <c>./run.sh bench load</c> writes it.</summary>
public sealed record LoadBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the processor of the null server.</summary>
    public required int ServerCore { get; init; }

    /// <summary>Gets the processor of the generators, one after the other.</summary>
    public required int GeneratorCore { get; init; }

    /// <summary>Gets the connections of the closed loops.</summary>
    public required int Connections { get; init; }

    /// <summary>Gets the tools, ours first.</summary>
    public required IReadOnlyList<BenchTool> Tools { get; init; }

    /// <summary>Gets every closed loop, in the order in which they were run.</summary>
    public required IReadOnlyList<BenchRound> Rounds { get; init; }

    /// <summary>Gets the schedule's keeping.</summary>
    public required PacingBench Pacing { get; init; }

    /// <summary>Gets many connections at once.</summary>
    public required ConnectionBench ManyConnections { get; init; }

    /// <summary>Gets a server that freezes.</summary>
    public required FreezeBench Freeze { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}
