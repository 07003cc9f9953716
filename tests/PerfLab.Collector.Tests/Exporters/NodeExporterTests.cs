namespace PerfLab.Collector.Tests.Exporters;

public sealed class NodeExporterTests(NodeExporters node) : IClassFixture<NodeExporters>
{
    [Theory]
    [InlineData("http", "none")]
    [InlineData("http", "gzip")]
    [InlineData("proto", "none")]
    [InlineData("proto", "gzip")]
    [InlineData("grpc", "none")]
    [InlineData("grpc", "gzip")]
    public async Task Every_span_of_Nodes_exporters_is_counted(string exporter, string compression)
    {
        Assert.SkipWhen(node.WhyMissing is not null, node.WhyMissing ?? string.Empty);
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        var url = exporter == "grpc" ? receiver.GrpcEndpoint("arm") : new Uri(receiver.HttpEndpoint("arm"), "v1/traces");

        var (exitCode, output) = await node.ExportAsync(exporter, url, compression, spans: 501);

        Assert.Equal((0, "sent"), (exitCode, output));
        var tally = receiver.Read("arm");
        Assert.Equal((501, 0, 0), (tally.SpanCount, tally.RefusedRequestCount, tally.RefusedSpanCount));
        Assert.InRange(tally.ExportRequestCount, 3, 501);

        // A span with three attributes and an event has more than 100 bytes in any encoding.
        Assert.InRange(tally.DecodedBytes, 501 * 100, 501 * 2000);
        Assert.Equal(compression == "gzip", tally.WireBytes < tally.DecodedBytes);
    }
}
