using OpenTelemetry.Exporter;
using PerfLab.Collector.Tests.Exporters;

namespace PerfLab.Collector.Tests;

public sealed class ExportKeeperTests
{
    private const int EnoughBytes = 4 * 1024 * 1024;

    [Theory]
    [InlineData(OtlpExportCompression.None)]
    [InlineData(OtlpExportCompression.GZip)]
    public async Task What_is_kept_is_what_was_sent(OtlpExportCompression compression)
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        receiver.BeginCapture("arm", EnoughBytes);
        Export(receiver, compression, spans: 700);

        var kept = receiver.EndCapture("arm");

        var tally = receiver.Read("arm");
        Assert.Equal(0, kept.MissedCount);
        Assert.Equal(tally.SpanCount, kept.Exports.Sum(PayloadBenchmark.CountSpans));
        Assert.Equal(tally.WireBytes, kept.Exports.Sum(export => export.Sent.Length));
        Assert.Equal(tally.DecodedBytes, kept.Exports.Sum(export => export.Payload.Length));
        Assert.All(kept.Exports, export => Assert.Equal(compression == OtlpExportCompression.GZip, export.Compressed));
    }

    [Fact]
    public async Task Nothing_is_kept_before_and_after()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        Export(receiver, OtlpExportCompression.None, spans: 10);
        receiver.BeginCapture("arm", EnoughBytes);
        Assert.Empty(receiver.EndCapture("arm").Exports);
        Export(receiver, OtlpExportCompression.None, spans: 10);

        Assert.Empty(receiver.EndCapture("arm").Exports);
    }

    [Fact]
    public async Task What_does_not_fit_is_counted_and_nothing_after_it_is_kept()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        receiver.BeginCapture("arm", maxBytes: 20_000);
        for (var export = 0; export < 3; export++)
        {
            // About 13,000 bytes each: the second does not fit, and a smaller one after it would.
            Export(receiver, OtlpExportCompression.None, spans: export == 2 ? 1 : 100);
        }

        var kept = receiver.EndCapture("arm");

        Assert.Equal(100, Assert.Single(kept.Exports.Select(PayloadBenchmark.CountSpans)));
        Assert.Equal(2, kept.MissedCount);
    }

    private static void Export(OtlpReceiver receiver, OtlpExportCompression compression, int spans)
    {
        using var exporter = new RealExporter(receiver, "arm", OtlpExportProtocol.HttpProtobuf, compression);
        exporter.Emit(spans);
        Assert.True(exporter.Finish());
    }
}
