namespace PerfLab.Collector.Faults;

/// <summary>A fault while it lasts.</summary>
/// <param name="Fault">The fault; null while the back end is well.</param>
/// <param name="Ended">Cancelled when another state takes its place.</param>
internal sealed record FaultState(BackEndFault? Fault, CancellationToken Ended);
