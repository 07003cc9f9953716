namespace PerfLab.Experiments.Results.Benches;

/// <summary>A generator in a bench.</summary>
/// <param name="Name"><c>sockets</c>, <c>httpclient</c>, <c>wrk</c> or <c>h2load</c>.</param>
/// <param name="Version">What it says of itself; null when it is absent.</param>
/// <param name="Absence">Why it was not measured and how to get it; null when it was.</param>
public sealed record BenchTool(string Name, string? Version, string? Absence);
