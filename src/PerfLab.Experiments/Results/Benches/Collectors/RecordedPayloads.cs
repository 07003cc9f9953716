namespace PerfLab.Experiments.Results.Benches.Collectors;

/// <summary>Export requests recorded from a running service.</summary>
/// <param name="Compressed">True for gzip.</param>
/// <param name="RequestCount">How many.</param>
/// <param name="SpanCount">The spans in them.</param>
/// <param name="SentBytes">Their bodies as sent.</param>
/// <param name="DecodedBytes">Their bodies after decompression.</param>
public sealed record RecordedPayloads(bool Compressed, int RequestCount, long SpanCount, long SentBytes, long DecodedBytes);
