namespace PerfLab.Experiments.Results.Benches.Collectors;

/// <summary>What one step of taking a payload costs, without a network.</summary>
/// <param name="Name">The step.</param>
/// <param name="SecondsPerSpan">Time on one processor per span.</param>
public sealed record ReceivingStage(string Name, double SecondsPerSpan);
