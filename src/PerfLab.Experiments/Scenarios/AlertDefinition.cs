namespace PerfLab.Experiments.Scenarios;

/// <summary>Alert rules over the traces that are kept, as a back end sees them: nothing is weighted by the sampling rate.</summary>
/// <param name="WindowSeconds">The sliding window, by when a trace could be seen.</param>
/// <param name="ErrorRatio">The share of traces with an error from which the one alert fires.</param>
/// <param name="SlowRatio">The share of slow traces from which the other fires.</param>
/// <param name="AtLeast">Fewer traces than this in the window fire nothing.</param>
public sealed record AlertDefinition(double WindowSeconds, double ErrorRatio, double SlowRatio, int AtLeast);
