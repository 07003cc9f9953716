namespace PerfLab.Experiments.Results.Benches;

/// <summary>A percentile of a load during which the server froze.</summary>
/// <param name="Percentile">0 to 100; 100 is the maximum.</param>
/// <param name="AnalyticSeconds">The response time by arithmetic.</param>
/// <param name="ResponseSeconds">The response time as measured.</param>
/// <param name="ServiceSeconds">The service time as measured: what a tool that does not correct for coordinated omission would have said.</param>
public sealed record FreezePoint(double Percentile, double AnalyticSeconds, double ResponseSeconds, double ServiceSeconds);
