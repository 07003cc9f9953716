using System.Text;

namespace Shop.Tests.OutOfProcess;

/// <summary>What the tests want to know of a span on the wire. Field numbers: opentelemetry/proto/trace/v1/trace.proto and its neighbours.</summary>
internal sealed record OtlpSpan(string Service, string Trace, string Id, string Parent, string Name, int AttributeCount)
{
    // Status.STATUS_CODE_ERROR.
    private const byte ErrorCode = 2;

    /// <summary>Gets whether its status is Error.</summary>
    public bool IsError { get; init; }

    /// <summary>Gets the names of its events.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IReadOnlyList<OtlpSpan> ReadAll(ReadOnlyMemory<byte> request) =>
        [.. Wire.Fields(request).Where(field => field.Number == 1).SelectMany(field => ReadResourceSpans(field.Bytes))];

    private static IEnumerable<OtlpSpan> ReadResourceSpans(ReadOnlyMemory<byte> resourceSpans)
    {
        var fields = Wire.Fields(resourceSpans).ToArray();
        var service = fields.Where(field => field.Number == 1)
            .SelectMany(resource => Wire.Fields(resource.Bytes))
            .Where(field => field.Number == 1)
            .Select(attribute => ReadAttribute(attribute.Bytes))
            .Single(attribute => attribute.Key == "service.name").Value;
        return fields.Where(field => field.Number == 2)
            .SelectMany(scopeSpans => Wire.Fields(scopeSpans.Bytes))
            .Where(field => field.Number == 2)
            .Select(span => Read(service, Wire.Fields(span.Bytes).ToArray()));
    }

    private static OtlpSpan Read(string service, Wire.Field[] fields) => new(
        service,
        Convert.ToHexString(Bytes(fields, 1)),
        Convert.ToHexString(Bytes(fields, 2)),
        Convert.ToHexString(Bytes(fields, 4)),
        Encoding.UTF8.GetString(Bytes(fields, 5)),
        fields.Count(field => field.Number == 9))
    {
        IsError = Wire.Fields(Bytes(fields, 15)).Any(field => field.Number == 3 && field.Bytes.Span[0] == ErrorCode),
        Events = [.. fields.Where(field => field.Number == 11).Select(each => Encoding.UTF8.GetString(Bytes([.. Wire.Fields(each.Bytes)], 2)))],
    };

    private static (string Key, string Value) ReadAttribute(ReadOnlyMemory<byte> attribute)
    {
        var fields = Wire.Fields(attribute).ToArray();
        return (Encoding.UTF8.GetString(Bytes(fields, 1)), Encoding.UTF8.GetString(Bytes(Wire.Fields(fields.Single(field => field.Number == 2).Bytes).ToArray(), 1)));
    }

    private static byte[] Bytes(Wire.Field[] fields, int number) => fields.FirstOrDefault(field => field.Number == number)?.Bytes.ToArray() ?? [];
}
