using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches.Collectors;

/// <summary>How long the parts of a bench of the collector take, and whose exports it takes.</summary>
public sealed record CollectorBenchOptions
{
    /// <summary>Gets the command that starts this program: <c>dotnet</c> and the path of its assembly.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Gets where targets and probe are.</summary>
    public required RunnerFolders Folders { get; init; }

    /// <summary>Gets the scenario whose last variant is recorded: it must export over <c>http/protobuf</c>.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Gets how long the service is under load while it is recorded.</summary>
    public required TimeSpan RecordingLength { get; init; }

    /// <summary>Gets the rounds at full speed.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets the length of one stretch at full speed.</summary>
    public required TimeSpan RoundLength { get; init; }

    /// <summary>Gets the length of the stretch at a scenario's rate.</summary>
    public required TimeSpan PaceLength { get; init; }

    /// <summary>Gets how long every step is timed without a network.</summary>
    public required TimeSpan StageLength { get; init; }
}
