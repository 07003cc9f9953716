using PerfLab.Experiments.Results;

namespace PerfLab.Bench.Load;

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

/// <summary>How a schedule was kept at a moderate rate, with a processor to itself.</summary>
public sealed record PacingBench
{
    /// <summary>Gets the rate that was asked for.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the length.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the rate of requests begun.</summary>
    public required double AchievedPerSecond { get; init; }

    /// <summary>Gets the starts given up.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets how much later than intended requests were sent.</summary>
    public required LatencySummary StartLateness { get; init; }

    /// <summary>Gets the generator's share of its processor.</summary>
    public required double CpuShare { get; init; }

    /// <summary>Gets the share of the time in which the hypervisor gave the generator's processor to others, while its process lived; null when it does not say.</summary>
    public required double? StealShare { get; init; }

    /// <summary>Gets what that was in seconds.</summary>
    public double? StolenSeconds { get; init; }

    /// <summary>Gets shorter loads at the same rate, in the order in which they were made; empty where the hypervisor left the long one alone.</summary>
    public IReadOnlyList<PacingStretch> Stretches { get; init; } = [];

    /// <summary>Gets the resident memory of the generator's process in the second quarter of the time, in the mean.</summary>
    public required double? EarlyResidentBytes { get; init; }

    /// <summary>Gets the same in the last quarter.</summary>
    public required double? LateResidentBytes { get; init; }
}

/// <summary>How the schedule was kept in a short time.</summary>
/// <param name="Seconds">The length.</param>
/// <param name="P99LatenessSeconds">The 99th percentile of how much later than intended requests were sent.</param>
/// <param name="StealShare">The most that the hypervisor can have taken of the generator's processor, as a share of the length: all that it took while the process lived; null when it does not say.</param>
public sealed record PacingStretch(double Seconds, double P99LatenessSeconds, double? StealShare)
{
    /// <summary>The share of the starts that lie beyond the 99th percentile.</summary>
    public const double MostStealShare = 0.01;

    /// <summary>Gets a value indicating whether the hypervisor took less than the share of the starts that lie beyond the percentile.</summary>
    public bool IsUndisturbed => StealShare < MostStealShare;
}

/// <summary>Many connections open at once.</summary>
/// <param name="Connections">How many.</param>
/// <param name="Opened">How many were made; more than that means that some were lost. Null when not measured.</param>
/// <param name="Answered">Answers on them.</param>
/// <param name="Errors">Errors of all kinds.</param>
public sealed record ConnectionBench(int Connections, long? Opened, long Answered, long Errors);

/// <summary>A server that answers after a fixed delay and freezes once, under a constant rate: what arithmetic says and what was measured.</summary>
public sealed record FreezeBench
{
    /// <summary>Gets the rate.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Gets the length of the load.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the length of the freeze.</summary>
    public required double FreezeSeconds { get; init; }

    /// <summary>Gets the delay of every answer.</summary>
    public required double DelaySeconds { get; init; }

    /// <summary>Gets p50, p99, p99.9 and the maximum.</summary>
    public required IReadOnlyList<FreezePoint> Points { get; init; }
}

/// <summary>A percentile of a load during which the server froze.</summary>
/// <param name="Percentile">0 to 100; 100 is the maximum.</param>
/// <param name="AnalyticSeconds">The response time by arithmetic.</param>
/// <param name="ResponseSeconds">The response time as measured.</param>
/// <param name="ServiceSeconds">The service time as measured: what a tool that does not correct for coordinated omission would have said.</param>
public sealed record FreezePoint(double Percentile, double AnalyticSeconds, double ResponseSeconds, double ServiceSeconds);
