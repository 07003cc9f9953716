namespace PerfLab.Experiments.Scenarios;

/// <summary>A kind of request mixed among the target's to see whether its traces are kept.</summary>
/// <param name="Request">The request; one that expects a status of 400 or above is meant to fail.</param>
/// <param name="Share">Its share of all requests outside the burst.</param>
/// <param name="BurstShare">Its share of all requests in the burst.</param>
public sealed record VisibilityRequest(RequestDefinition Request, double Share, double BurstShare);
