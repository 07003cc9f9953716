using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using PerfLab.Collector.Protocol.Rpc;
using PerfLab.Collector.Tests.Answering;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Tests.Hostile;

public sealed class SlowAndManyTests
{
    private static readonly byte[] HalfARequest =
        "POST /v1/traces HTTP/1.1\r\nHost: lab\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\nabc"u8.ToArray();

    private static readonly byte[] Body = SampleExports.Bytes(seed: 1, spans: 10);

    [Fact]
    public async Task A_slow_body_is_given_up_and_answered()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { BodySeconds = 0.2 }, Limits.Token);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, receiver.HttpEndpoint("arm").Port, Limits.Token);
        await socket.GetStream().WriteAsync(HalfARequest, Limits.Token);

        // The receiver answers and closes, so reading to the end ends.
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync(Limits.Token);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("did not arrive within 0.2 seconds", answer, StringComparison.Ordinal);
        var tally = receiver.Read("arm");
        Assert.Equal((0, 1), (tally.SpanCount, tally.RefusedRequestCount));
        Assert.Null(tally.RefusedSpanCount);
        Assert.Equal(0, receiver.HeldBytes("arm"));
    }

    [Fact]
    public async Task A_slow_gRPC_message_is_given_up()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { BodySeconds = 0.2 }, Limits.Token);
        using var client = new HttpClient { Timeout = Limits.Wait };
        using var content = new StallingContent(Framed(Body), Body.Length / 2, "application/grpc");
        using var request = GrpcRequest(receiver, content);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await client.SendAsync(request, Limits.Token);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync(Limits.Token);
            Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        });

        await Eventually.HoldsAsync(() => receiver.Read("arm").RefusedRequestCount == 1, "the call is counted as refused");
        Assert.Equal(0, receiver.Read("arm").SpanCount);
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_a_body_is_counted_as_refused()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, receiver.HttpEndpoint("arm").Port, Limits.Token);
            await socket.GetStream().WriteAsync(HalfARequest, Limits.Token);
        }

        await Eventually.HoldsAsync(() => receiver.Read("arm").RefusedRequestCount == 1, "the request is counted as refused");
        await Eventually.HoldsAsync(() => receiver.HeldBytes("arm") == 0, "the buffers are back");
    }

    [Fact]
    public async Task Requests_above_the_bound_are_told_to_try_again()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { MaxConcurrentRequests = 1, BodySeconds = 60 }, Limits.Token);
        using var first = new StalledPost(receiver.HttpEndpoint("arm"), Body);
        await first.Stalled;
        await Eventually.HoldsAsync(() => receiver.HeldBytes("arm") > 0, "the first request is inside");

        using var http = new RawHttp(receiver, "arm");
        var busy = await http.PostAsync(Body);
        using var grpc = new RawGrpc(receiver, "arm");
        var unavailable = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));
        first.GoOn();

        Assert.Equal((503, TimeSpan.FromSeconds(1)), (busy.StatusCode, busy.RetryAfter));
        Assert.Equal(StatusCode.Unavailable, unavailable.StatusCode);
        var details = RpcStatus.Parser.ParseFrom(unavailable.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.True(details.Details.Single().TryUnpack<RetryInfo>(out var retry));
        Assert.Equal(1, retry.RetryDelay.Seconds);
        Assert.Equal(HttpStatusCode.OK, await first.Answer.WaitAsync(Limits.Wait));
        Assert.Equal((1, 2), (receiver.Read("arm").ExportRequestCount, receiver.Read("arm").RefusedRequestCount));
    }

    [Fact]
    public async Task A_body_above_the_room_that_is_left_is_told_to_try_again()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { MaxBufferedBytes = 10_000 }, Limits.Token);
        using var http = new RawHttp(receiver, "arm");

        Assert.Equal(503, (await http.PostAsync(new byte[50_000])).StatusCode);
        Assert.Equal(503, (await http.PostAsync(RawHttp.Gzip(new byte[50_000]), encoding: "gzip")).StatusCode);
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);
        Assert.Equal(0, receiver.HeldBytes("arm"));
    }

    [Fact]
    public async Task Connections_above_the_bound_are_closed_and_the_other_arm_does_not_notice()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm", "other"], new ReceiverOptions { MaxConnectionsPerArm = 1 }, Limits.Token);
        using var first = new RawHttp(receiver, "arm");
        Assert.Equal(200, (await first.PostAsync(Body)).StatusCode);

        using var second = new RawHttp(receiver, "arm");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => second.PostAsync(Body));

        using var other = new RawHttp(receiver, "other");
        Assert.Equal(200, (await other.PostAsync(Body)).StatusCode);
        Assert.Equal(200, (await first.PostAsync(Body)).StatusCode);
    }

    private static byte[] Framed(byte[] message)
    {
        byte[] framed = [0, 0, 0, 0, 0, .. message];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        return framed;
    }

    private static HttpRequestMessage GrpcRequest(OtlpReceiver receiver, HttpContent content)
    {
        var uri = new Uri(receiver.GrpcEndpoint("arm"), $"{RawGrpc.Traces}/Export");
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.ParseAdd("trailers");
        return request;
    }
}
