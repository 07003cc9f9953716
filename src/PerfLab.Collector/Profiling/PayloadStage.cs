namespace PerfLab.Collector.Profiling;

/// <summary>What one step of taking an export costs.</summary>
/// <param name="Name">The step.</param>
/// <param name="SecondsPerSpan">Time on one processor per span.</param>
public sealed record PayloadStage(string Name, double SecondsPerSpan);
