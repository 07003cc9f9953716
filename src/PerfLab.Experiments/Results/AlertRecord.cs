namespace PerfLab.Experiments.Results;

/// <summary>What an alert did about one burst.</summary>
/// <param name="DelaySeconds">From the beginning of the burst until it fired because of it; null where it did not.</param>
/// <param name="WasFiring">Whether it was firing already when the first trace of the burst could be seen, so that it told nothing.</param>
/// <param name="FalseCount">How often it began to fire without any trace of the burst in its window.</param>
public sealed record AlertRecord(double? DelaySeconds, bool WasFiring, int FalseCount);
