using System.Globalization;
using OpenTelemetry.Exporter;

namespace PerfLab.Collector.Tests.Exporters;

public sealed class DotNetExporterTests
{
    public static TheoryData<OtlpExportProtocol, OtlpExportCompression> Ways => new()
    {
        { OtlpExportProtocol.Grpc, OtlpExportCompression.None },
        { OtlpExportProtocol.Grpc, OtlpExportCompression.GZip },
        { OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.None },
        { OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.GZip },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_span_and_every_byte_of_the_sdk_exporter_is_counted(OtlpExportProtocol protocol, OtlpExportCompression compression)
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using var exporter = new RealExporter(receiver, "arm", protocol, compression);

        exporter.Emit(spans: 1300);

        Assert.True(exporter.Finish());
        var tally = receiver.Read("arm");
        Assert.Equal(1300, tally.SpanCount);
        Assert.Equal(exporter.Witness.Requests, tally.ExportRequestCount);
        Assert.Equal(0, tally.RefusedRequestCount);
        Assert.Equal(0, tally.RefusedSpanCount);

        // Each gRPC message has 5 bytes before it: a flag and a length (gRPC over HTTP/2, "Length-Prefixed-Message").
        var framing = protocol == OtlpExportProtocol.Grpc ? 5 * exporter.Witness.Requests : 0;
        Assert.Equal(exporter.Witness.BodyBytes - framing, tally.WireBytes);
        if (compression == OtlpExportCompression.None)
        {
            Assert.Equal(tally.WireBytes, tally.DecodedBytes);
        }
        else
        {
            Assert.InRange(tally.WireBytes, 1, tally.DecodedBytes / 2);
        }

        // 1,300 roots are 1,300 traces; the estimate's standard error is 1.6 %, so 8 % is five of them.
    }

    [Fact]
    public async Task Compressed_and_plain_exports_of_the_same_spans_decode_to_the_same_size()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["plain", "gzip"], new ReceiverOptions(), Limits.Token);
        foreach (var (arm, compression) in new[] { ("plain", OtlpExportCompression.None), ("gzip", OtlpExportCompression.GZip) })
        {
            using var exporter = new RealExporter(receiver, arm, OtlpExportProtocol.HttpProtobuf, compression);
            exporter.Emit(spans: 500);
            Assert.True(exporter.Finish());
        }

        Assert.Equal(receiver.Read("plain").DecodedBytes, receiver.Read("gzip").DecodedBytes);
    }

    [Fact]
    public async Task Two_arms_never_mix()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["a", "b"], new ReceiverOptions(), Limits.Token);
        using var a = new RealExporter(receiver, "a", OtlpExportProtocol.Grpc, OtlpExportCompression.None);
        using var b = new RealExporter(receiver, "b", OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.GZip);

        await Task.WhenAll(Task.Run(() => a.Emit(900)), Task.Run(() => b.Emit(300))).WaitAsync(Limits.Wait);

        Assert.True(a.Finish() && b.Finish());
        Assert.Equal(900, receiver.Read("a").SpanCount);
        Assert.Equal(300, receiver.Read("b").SpanCount);
    }

    [Fact]
    public async Task Concurrent_exporters_of_one_arm_lose_nothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        var exporters = Enumerable.Range(0, 6)
            .Select(index => new RealExporter(
                receiver,
                "arm",
                index % 2 == 0 ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
                index % 3 == 0 ? OtlpExportCompression.GZip : OtlpExportCompression.None))
            .ToList();

        await Task.WhenAll(exporters.Select(exporter => Task.Run(() => exporter.Emit(1000)))).WaitAsync(Limits.Wait);

        Assert.All(exporters, exporter => Assert.True(exporter.Finish()));
        Assert.Equal(6000, receiver.Read("arm").SpanCount);
        Assert.Equal(exporters.Sum(exporter => exporter.Witness.Requests), receiver.Read("arm").ExportRequestCount);
        exporters.ForEach(exporter => exporter.Dispose());
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task The_culture_of_the_machine_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            await using var receiver = await OtlpReceiver.StartAsync(["ılık"], new ReceiverOptions(), Limits.Token);
            using var exporter = new RealExporter(receiver, "ılık", OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.GZip);
            exporter.Emit(spans: 10);
            Assert.True(exporter.Finish());
            Assert.Equal(10, receiver.Read("ılık").SpanCount);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_reset_starts_the_account_again()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["a", "b"], new ReceiverOptions(), Limits.Token);
        using var a = new RealExporter(receiver, "a", OtlpExportProtocol.Grpc, OtlpExportCompression.None);
        using var b = new RealExporter(receiver, "b", OtlpExportProtocol.Grpc, OtlpExportCompression.None);
        a.Emit(5);
        b.Emit(7);
        Assert.True(a.Finish() && b.Finish());

        receiver.Reset("a");
        using var again = new RealExporter(receiver, "a", OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.None);
        again.Emit(3);

        Assert.True(again.Finish());
        Assert.Equal(3, receiver.Read("a").SpanCount);
        Assert.Equal(1, receiver.Read("a").ExportRequestCount);
        Assert.Equal(7, receiver.Read("b").SpanCount);
    }
}
