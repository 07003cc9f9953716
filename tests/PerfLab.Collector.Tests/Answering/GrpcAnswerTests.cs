using Google.Protobuf;
using Grpc.Core;
using PerfLab.Collector.Protocol.Rpc;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Tests.Answering;

public sealed class GrpcAnswerTests : IAsyncLifetime
{
    private OtlpReceiver receiver = null!;
    private RawGrpc grpc = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new ReceiverOptions { MaxGrpcMessageBytes = 100_000, MaxDecodedBytes = 200_000 };
        receiver = await OtlpReceiver.StartAsync(["arm"], options, Limits.Token);
        grpc = new RawGrpc(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        grpc.Dispose();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task A_good_request_is_answered_with_an_empty_response(string? encoding)
    {
        var bytes = SampleExports.Bytes(seed: 1, spans: 20);

        var response = await grpc.ExportAsync(bytes, encoding);

        Assert.Null(response.PartialSuccess);
        var tally = receiver.Read("arm");
        Assert.Equal((1, 20), (tally.ExportRequestCount, tally.SpanCount));
        Assert.Equal(bytes.Length, tally.DecodedBytes);
        Assert.Equal(encoding is null, tally.WireBytes == tally.DecodedBytes);
    }

    [Fact]
    public async Task An_empty_request_is_a_success()
    {
        Assert.Null((await grpc.ExportAsync([])).PartialSuccess);
        Assert.Equal((1, 0, 0), Counts());
    }

    [Fact]
    public async Task Spans_without_valid_ids_are_rejected_and_the_others_taken()
    {
        var request = SampleExports.Request(seed: 1, spans: 4);
        request.ResourceSpans[0].ScopeSpans[0].Spans[2].TraceId = ByteString.CopyFrom(new byte[15]);

        var response = await grpc.ExportAsync(request.ToByteArray());

        Assert.Equal(1, response.PartialSuccess.RejectedSpans);
        Assert.NotEmpty(response.PartialSuccess.ErrorMessage);
        Assert.Equal((1, 3, 0), Counts());
    }

    [Fact]
    public async Task A_malformed_request_is_an_invalid_argument()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(SampleExports.Bytes(1)[..^1]));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.True(DetailsOf(refused).Details.Single().TryUnpack<BadRequest>(out _));
        Assert.Equal((0, 0, 1), Counts());
        Assert.Null(receiver.Read("arm").RefusedSpanCount);
    }

    [Theory]
    [InlineData(100_001)]
    [InlineData(3_000_000)]
    public async Task A_message_above_the_limit_exhausts_resources_and_must_not_be_retried(int bytes)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(new byte[bytes]));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Null(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((0, 0, 1), Counts());
    }

    [Fact]
    public async Task A_message_that_unfolds_above_the_limit_exhausts_resources_and_must_not_be_retried()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(new byte[200_001], "gzip"));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Empty(DetailsOf(refused).Details);
        Assert.Equal((0, 0, 1), Counts());
    }

    [Fact]
    public async Task An_unknown_encoding_is_unimplemented()
    {
        using var odd = new RawGrpc(receiver, "arm", new OddCompression());

        var refused = await Assert.ThrowsAsync<RpcException>(() => odd.ExportAsync(SampleExports.Bytes(1), "odd"));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        Assert.Equal((0, 0, 1), Counts());
    }

    [Fact]
    public async Task Bytes_that_are_not_gzip_are_an_invalid_argument()
    {
        using var odd = new RawGrpc(receiver, "arm", new OddCompression("gzip"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => odd.ExportAsync([0x1f, .. new byte[30]], "gzip"));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Another_service_is_unimplemented()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync([], service: "opentelemetry.proto.collector.profiles.v1.ProfilesService"));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        Assert.Equal((0, 0, 0), Counts());
    }

    [Theory]
    [InlineData("opentelemetry.proto.collector.metrics.v1.MetricsService")]
    [InlineData("opentelemetry.proto.collector.logs.v1.LogsService")]
    public async Task Other_signals_are_taken_and_counted_apart(string service)
    {
        await grpc.ExportAsync(SampleExports.Bytes(1), service: service);

        Assert.Equal(1, receiver.Read("arm").OtherSignalRequestCount);
        Assert.Equal((0, 0, 0), Counts());
    }

    private static RpcStatus DetailsOf(RpcException refused) =>
        RpcStatus.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));

    private (long Requests, long Spans, long Refused) Counts()
    {
        var tally = receiver.Read("arm");
        return (tally.ExportRequestCount, tally.SpanCount, tally.RefusedRequestCount);
    }
}
