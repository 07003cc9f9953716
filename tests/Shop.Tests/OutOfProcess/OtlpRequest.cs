namespace Shop.Tests.OutOfProcess;

/// <summary>One export request as it came in.</summary>
internal sealed record OtlpRequest(string Path, string Encoding, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<OtlpSpan> Spans);
