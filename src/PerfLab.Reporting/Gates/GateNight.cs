using PerfLab.Analysis.Gates;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;

namespace PerfLab.Reporting.Gates;

/// <summary>A night as it is told: what was measured, what the gate says, and what the history knows.</summary>
public sealed record GateNight
{
    /// <summary>Gets the policy.</summary>
    public required GatePolicy Policy { get; init; }

    /// <summary>Gets the night.</summary>
    public required NightFacts Facts { get; init; }

    /// <summary>Gets what was measured.</summary>
    public required GateEvidence Evidence { get; init; }

    /// <summary>Gets what the gate says.</summary>
    public required GateResult Result { get; init; }

    /// <summary>Gets the message of the failure that ended the night; null where there was none.</summary>
    public required string? Failure { get; init; }

    /// <summary>Gets the history before this night.</summary>
    public required HistoryReading History { get; init; }

    /// <summary>Gets the trends of this environment, with this night.</summary>
    public IReadOnlyList<HistoryTrend> Trends { get; init; } = [];

    /// <summary>Gets how long the night took.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Gets in which ways the environment differs from that of the night before; empty where it does not.</summary>
    public IReadOnlyList<string> EnvironmentChanges =>
        History.Entries is [.., var last] ? last.Night.Machine.DifferencesFrom(Facts.Machine) : [];
}
