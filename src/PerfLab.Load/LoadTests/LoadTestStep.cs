namespace PerfLab.Load.LoadTests;

/// <summary>A second of a load test.</summary>
/// <param name="IsWarmUp">Whether it is part of the warm-up, which is not measured.</param>
/// <param name="Progress">How the phase is doing, with the time since the beginning of the warm-up or of the load.</param>
/// <param name="Window">What happened since the step before.</param>
public sealed record LoadTestStep(bool IsWarmUp, LoadProgress Progress, LoadWindow Window);
