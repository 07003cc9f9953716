namespace PerfLab.Runner.Benches.Collectors;

/// <summary>What a collector in a process of its own says of itself, one JSON line for each line that it reads.</summary>
/// <param name="SpanCount">Spans taken since it started.</param>
/// <param name="RefusedRequestCount">Requests refused.</param>
/// <param name="CpuSeconds">Processor time of its process.</param>
/// <param name="AllocatedBytes">Bytes allocated on its managed heap.</param>
public sealed record ReceiverReading(long SpanCount, long RefusedRequestCount, double CpuSeconds, long AllocatedBytes);
