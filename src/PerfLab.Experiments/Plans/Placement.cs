namespace PerfLab.Experiments.Plans;

/// <summary>Which logical processors do what.</summary>
/// <param name="TargetCores">Processors of the targets.</param>
/// <param name="LabCores">Processors of the load generator and the collector.</param>
public sealed record Placement(IReadOnlyList<int> TargetCores, IReadOnlyList<int> LabCores);
