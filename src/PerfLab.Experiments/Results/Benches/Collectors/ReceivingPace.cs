namespace PerfLab.Experiments.Results.Benches.Collectors;

/// <summary>The collector at the rate of a scenario: what it takes from the generator beside it.</summary>
/// <param name="SpansPerSecond">The rate that was asked for.</param>
/// <param name="Seconds">The length.</param>
/// <param name="SentSpans">Spans in requests that were answered as taken.</param>
/// <param name="ReceivedSpans">Spans that the collector counted.</param>
/// <param name="CollectorCpuSeconds">Processor time of the collector's process.</param>
public sealed record ReceivingPace(double SpansPerSecond, double Seconds, long SentSpans, long ReceivedSpans, double CollectorCpuSeconds);
