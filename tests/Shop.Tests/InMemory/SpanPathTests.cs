using System.Net;
using System.Net.Sockets;

namespace Shop.Tests.InMemory;

/// <summary>The path of a span can end early, so that the cost of each step can be measured.</summary>
public sealed class SpanPathTests
{
    [Theory]
    [InlineData("recording", false)]
    [InlineData("processor", false)]
    [InlineData("batch", false)]
    [InlineData("serialization", false)]
    [InlineData("all", true)]
    public async Task Spans_are_recorded_on_every_path_and_leave_the_process_on_the_whole_one_alone(string path, bool isExported)
    {
        // No server of this process: the instrumentation would make a span of its request. It never answers, and the exporter gives up.
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var shop = ShopUnderTest.Start(
            ("SHOP_SPAN_PATH", path),
            ("OTEL_TRACES_EXPORTER", "otlp"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "500"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{collector.LocalEndpoint}"));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // It waits until every processor has been flushed.
        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(spans));
        Assert.Equal(isExported, collector.Pending());
    }
}
