using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Tests.OutOfProcess;

namespace Shop.Tests.NodeOrders;

/// <summary>What a collector receives of the order service in Node.js until it has ended.</summary>
internal static class ReceivedTraces
{
    /// <summary>Starts the service, does something with it, ends it by SIGTERM, and returns all spans that it exported.</summary>
    /// <param name="main">The service's program.</param>
    /// <param name="use">What is done, at its address.</param>
    /// <param name="variables">Its environment.</param>
    public static async Task<IReadOnlyList<OtlpSpan>> OfAsync(string main, Func<string, Task> use, params (string Name, string Value)[] variables)
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var service = await ShopProcess.NodeListeningAsync(main, [], [.. To(receiver), .. variables]);
        await use(service.Url);
        Assert.Equal(0, await service.TerminateAsync());
        Assert.Empty(service.Errors);
        return receiver.Spans;
    }

    /// <summary>The variables that let the SDK export to a receiver, once, at the end.</summary>
    public static (string Name, string Value)[] To(OtlpReceiver receiver) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "600000"),
    ];

    /// <summary>Writes each span with its parent in the same trace, where it has one: <c>child &lt; parent</c>.</summary>
    public static IEnumerable<string> Shape(IReadOnlyList<OtlpSpan> spans) => spans
        .Select(span => spans.SingleOrDefault(parent => parent.Trace == span.Trace && parent.Id == span.Parent) is { } parent ? $"{span.Name} < {parent.Name}" : span.Name)
        .Order(StringComparer.Ordinal);
}
