namespace PerfLab.Experiments.Plans;

/// <summary>What the pilot saw.</summary>
/// <param name="CapacityPerSecond">Requests per second of each arm by name, closed loop.</param>
/// <param name="SlowestArm">The arm whose capacity the rate follows.</param>
/// <param name="CapacityShare">The share of that capacity which the rate was set to.</param>
/// <param name="DurationSeconds">How long the pilot took.</param>
public sealed record PilotResult(
    IReadOnlyDictionary<string, double> CapacityPerSecond,
    string SlowestArm,
    double CapacityShare,
    double DurationSeconds);
