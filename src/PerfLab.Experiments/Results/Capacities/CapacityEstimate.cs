namespace PerfLab.Experiments.Results.Capacities;

/// <summary>A Hodges-Lehmann estimate over launch sets with its exact 95 % interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end; null below six launch sets, where no such interval exists.</param>
/// <param name="High">The upper end.</param>
public sealed record CapacityEstimate(double Value, double? Low, double? High);
