using System.IO.Compression;
using Google.Protobuf;
using PerfLab.Collector.Protocol.Rpc;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Tests.Answering;

public sealed class HttpAnswerTests : IAsyncLifetime
{
    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { MaxBodyBytes = 100_000, MaxDecodedBytes = 200_000 }, Limits.Token);
        http = new RawHttp(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_request_is_answered_with_an_empty_response_of_its_own_content_type(bool chunked)
    {
        var request = SampleExports.Request(seed: 1, spans: 5);

        var answer = await http.PostAsync(request.ToByteArray(), chunked: chunked);

        Assert.Equal((200, "application/x-protobuf"), (answer.StatusCode, answer.ContentType));
        Assert.Null(answer.Response.PartialSuccess);
        var tally = receiver.Read("arm");
        Assert.Equal((1, 5), (tally.ExportRequestCount, tally.SpanCount));
        Assert.Equal((request.CalculateSize(), request.CalculateSize()), (tally.WireBytes, tally.DecodedBytes));
    }

    [Fact]
    public Task A_compressed_request_counts_both_sizes() => CountsBothSizesAsync("gzip", RawHttp.Gzip);

    // The exporters of Python compress so (RFC 1950), other than the name says.
    [Fact]
    public Task A_request_in_zlib_counts_both_sizes() => CountsBothSizesAsync("deflate", Zlib);

    [Fact]
    public async Task A_request_in_zlib_that_ends_early_or_is_none_is_refused()
    {
        var compressed = Zlib(SampleExports.Bytes(seed: 1, spans: 50));

        Assert.Equal(400, (await http.PostAsync(compressed[..^2], encoding: "deflate")).StatusCode);
        Assert.Equal(400, (await http.PostAsync([.. compressed[..^1], (byte)~compressed[^1]], encoding: "deflate")).StatusCode);
        Assert.Equal(400, (await http.PostAsync(SampleExports.Bytes(seed: 1), encoding: "deflate")).StatusCode);
        Assert.Equal(400, (await http.PostAsync([1, 2], encoding: "deflate")).StatusCode);
    }

    private async Task CountsBothSizesAsync(string encoding, Func<byte[], byte[]> compress)
    {
        var bytes = SampleExports.Bytes(seed: 1, spans: 50);
        var compressed = compress(bytes);

        Assert.Equal(200, (await http.PostAsync(compressed, encoding: encoding)).StatusCode);

        var tally = receiver.Read("arm");
        Assert.Equal((compressed.Length, bytes.Length), (tally.WireBytes, tally.DecodedBytes));
    }

    [Fact]
    public async Task A_content_type_may_have_parameters_and_any_case()
    {
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1), "Application/X-Protobuf; charset=utf-8")).StatusCode);
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1), encoding: "identity")).StatusCode);
    }

    [Fact]
    public async Task An_empty_request_is_a_success()
    {
        Assert.Equal(200, (await http.PostAsync([])).StatusCode);
        Assert.Equal((1, 0, 0), Counts());
    }

    [Fact]
    public async Task Spans_without_valid_ids_are_rejected_and_the_others_taken()
    {
        var request = SampleExports.Request(seed: 1, spans: 5);
        var spans = request.ResourceSpans[0].ScopeSpans[0].Spans;
        spans[1].TraceId = ByteString.Empty;
        spans[3].SpanId = ByteString.CopyFrom(new byte[8]);

        var answer = await http.PostAsync(request.ToByteArray());

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(2, answer.Response.PartialSuccess.RejectedSpans);
        Assert.NotEmpty(answer.Response.PartialSuccess.ErrorMessage);
        Assert.Equal((1, 3, 0), Counts());
        Assert.Equal(2, receiver.Read("arm").RefusedSpanCount);
    }

    [Fact]
    public async Task A_malformed_request_is_refused_for_good_and_the_answer_says_what_is_wrong()
    {
        var bytes = SampleExports.Bytes(1);

        var answer = await http.PostAsync(bytes[..^3]);

        Assert.Equal((400, "application/x-protobuf"), (answer.StatusCode, answer.ContentType));
        Assert.Equal(3, answer.Status.Code);
        Assert.Contains($"of {bytes.Length - 3}", answer.Status.Message, StringComparison.Ordinal);
        Assert.True(answer.Status.Details.Single().TryUnpack<BadRequest>(out _));
        Assert.Equal((0, 0, 1), Counts());
        Assert.Null(receiver.Read("arm").RefusedSpanCount);
        Assert.Equal(bytes.Length - 3, receiver.Read("arm").RefusedWireBytes);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-protobuff")]
    [InlineData(null)]
    public async Task Another_content_type_is_not_supported(string? contentType)
    {
        var answer = await http.PostAsync(SampleExports.Bytes(1), contentType);

        Assert.Equal(415, answer.StatusCode);
        Assert.NotEmpty(answer.Status.Message);
        Assert.Equal((0, 0, 1), Counts());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zlib")]
    [InlineData("gzip, gzip")]
    public async Task Another_content_encoding_is_not_supported_and_named(string encoding)
    {
        var answer = await http.PostAsync(SampleExports.Bytes(1), encoding: encoding);

        Assert.Equal(415, answer.StatusCode);
        Assert.Contains($"Content-Encoding '{encoding}' is not supported. Send gzip", answer.Status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_001, false)]
    [InlineData(100_001, true)]
    [InlineData(900_000, false)]
    [InlineData(900_000, true)]
    public async Task A_body_above_the_limit_is_too_large(int bytes, bool chunked)
    {
        var answer = await http.PostAsync(new byte[bytes], chunked: chunked);

        Assert.Equal(413, answer.StatusCode);
        Assert.NotEmpty(answer.Status.Message);
        Assert.Equal((0, 0, 1), Counts());
    }

    [Theory]
    [InlineData("v1/traces", "text/plain", 415)]
    [InlineData("v2/traces", RawHttp.Protobuf, 404)]
    public async Task A_large_body_that_is_not_wanted_does_not_hide_the_answer(string path, string contentType, int expected)
    {
        Assert.Equal(expected, (await http.PostAsync(new byte[900_000], contentType, path: path)).StatusCode);
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);
    }

    [Fact]
    public async Task An_endless_body_that_is_not_wanted_ends_with_its_connection()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync(new byte[50_000_000], chunked: true));
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);
        Assert.Equal((1, 3, 1), Counts());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_is_not_allowed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(receiver.HttpEndpoint("arm"), "v1/traces"));

        var answer = await http.SendAsync(request);

        Assert.Equal((405, "POST"), (answer.StatusCode, answer.Allow));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1/traces/")]
    [InlineData("v1development/profiles")]
    public async Task Nothing_is_received_elsewhere(string path)
    {
        Assert.Equal(404, (await http.PostAsync(SampleExports.Bytes(1), path: path)).StatusCode);
        Assert.Equal((0, 0, RejectedExport.IsOtherSignal("/" + path) ? 0 : 1), Counts());
    }

    [Theory]
    [InlineData("v1/metrics")]
    [InlineData("v1/logs")]
    public async Task Other_signals_are_taken_and_counted_apart(string path)
    {
        var bytes = SampleExports.Bytes(1);

        Assert.Equal(200, (await http.PostAsync(bytes, path: path)).StatusCode);
        Assert.Equal(200, (await http.PostAsync(RawHttp.Gzip(bytes), encoding: "gzip", path: path)).StatusCode);
        Assert.Equal(400, (await http.PostAsync([0x0f], path: path)).StatusCode);

        var tally = receiver.Read("arm");
        Assert.Equal(2, tally.OtherSignalRequestCount);
        Assert.Equal(bytes.Length + RawHttp.Gzip(bytes).Length, tally.OtherSignalWireBytes);
        Assert.Equal((0, 0, 0), Counts());
    }

    private (long Requests, long Spans, long Refused) Counts()
    {
        var tally = receiver.Read("arm");
        return (tally.ExportRequestCount, tally.SpanCount, tally.RefusedRequestCount);
    }

    private static byte[] Zlib(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return buffer.ToArray();
    }
}
