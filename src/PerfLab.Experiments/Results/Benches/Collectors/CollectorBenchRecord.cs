namespace PerfLab.Experiments.Results.Benches.Collectors;

/// <summary>The collector measured with payloads of a real exporter, as <c>./run.sh bench collector</c> writes it.</summary>
public sealed record CollectorBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the processor of the collector.</summary>
    public required int CollectorCore { get; init; }

    /// <summary>Gets the processor of the sender.</summary>
    public required int SenderCore { get; init; }

    /// <summary>Gets the scenario whose variant's exports were recorded.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the recorded payloads, plain first, then compressed.</summary>
    public required IReadOnlyList<RecordedPayloads> Payloads { get; init; }

    /// <summary>Gets every stretch at full speed, in the order in which they were run.</summary>
    public required IReadOnlyList<ReceivingRound> Rounds { get; init; }

    /// <summary>Gets the stretch at the rate of a scenario.</summary>
    public required ReceivingPace Pace { get; init; }

    /// <summary>Gets what the steps of taking a payload cost without a network.</summary>
    public required IReadOnlyList<ReceivingStage> Stages { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}
