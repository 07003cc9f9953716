namespace PerfLab.Experiments.Results.Benches;

/// <summary>Something that the engine must show.</summary>
/// <param name="Name">What, with its unit.</param>
/// <param name="Limit">The bound, as text.</param>
/// <param name="Value">What was measured; null when it was not.</param>
/// <param name="Low">The lower end of a 95 % interval; null when there is none.</param>
/// <param name="High">The upper end.</param>
/// <param name="Outcome">Whether the value keeps the bound.</param>
public sealed record BenchGoal(string Name, string Limit, double? Value, double? Low, double? High, BenchOutcome Outcome);
