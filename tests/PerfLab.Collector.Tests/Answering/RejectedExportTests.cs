using System.Net;
using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Tests.Hostile;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Tests.Answering;

public sealed class RejectedExportTests : IAsyncLifetime
{
    private const string GrpcTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new ReceiverOptions { MaxBodyBytes = 100_000, MaxDecodedBytes = 200_000, MaxGrpcMessageBytes = 100_000 };
        receiver = await OtlpReceiver.StartAsync(["arm"], options, Limits.Token);
        http = new RawHttp(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("//v1/traces")]
    [InlineData("/v1/v1/traces")]
    [InlineData("/v1/traces/")]
    [InlineData("/")]
    public async Task An_export_to_an_unknown_path_is_counted_with_its_path_and_as_refused(string path)
    {
        Assert.Equal(404, (await PostToAsync(path)).StatusCode);
        Assert.Equal(404, (await PostToAsync(path)).StatusCode);

        Assert.Equal([Http(404, ExportRejectionReason.UnknownPath, path, 2)], Rejected());
        Assert.Equal(2, receiver.Read("arm").RefusedRequestCount);
    }

    [Fact]
    public async Task Metrics_at_an_unknown_path_are_counted_and_refuse_no_trace_export()
    {
        await PostToAsync("/v1/v1/metrics");

        Assert.Equal([Http(404, ExportRejectionReason.UnknownPath, "/v1/v1/metrics", 1)], Rejected());
        Assert.False(Rejected()[0].MayHoldSpans);
        Assert.Equal(0, receiver.Read("arm").RefusedRequestCount);
    }

    [Fact]
    public async Task A_request_without_a_body_is_no_export()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, receiver.HttpEndpoint("arm"));
        Assert.Equal(404, (await http.SendAsync(request)).StatusCode);

        Assert.Empty(Rejected());
        Assert.Equal(0, receiver.Read("arm").RefusedRequestCount);
    }

    [Fact]
    public async Task Another_method_with_a_body_is_counted()
    {
        using var content = new ByteArrayContent(SampleExports.Bytes(1));
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(receiver.HttpEndpoint("arm"), "v1/traces")) { Content = content };
        Assert.Equal(405, (await http.SendAsync(request)).StatusCode);

        Assert.Equal([Http(405, ExportRejectionReason.WrongMethod, "/v1/traces", 1)], Rejected());
    }

    [Theory]
    [InlineData("text/plain", null, 10, 415, ExportRejectionReason.ContentType)]
    [InlineData(RawHttp.Protobuf, "br", 10, 415, ExportRejectionReason.ContentEncoding)]
    [InlineData(RawHttp.Protobuf, null, 100_001, 413, ExportRejectionReason.TooLarge)]
    [InlineData(RawHttp.Protobuf, "gzip", 30, 400, ExportRejectionReason.Malformed)]
    [InlineData(RawHttp.Protobuf, null, 1, 400, ExportRejectionReason.Malformed)]
    [InlineData("application/json", null, 1, 400, ExportRejectionReason.Malformed)]
    public async Task A_refusal_over_http_is_counted_with_status_and_reason(
        string contentType, string? encoding, int bytes, int status, ExportRejectionReason reason)
    {
        var body = new byte[bytes];
        body[0] = 0x0f;

        Assert.Equal(status, (await http.PostAsync(body, contentType, encoding)).StatusCode);

        Assert.Equal([Http(status, reason, "/v1/traces", 1)], Rejected());
    }

    [Fact]
    public async Task A_sender_that_leaves_in_the_middle_is_counted()
    {
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, receiver.HttpEndpoint("arm").Port), Limits.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes("POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\nContent-Length: 100\r\n\r\nabc"), Limits.Token);
        }

        await Eventually.HoldsAsync(() => Rejected().Count > 0, "the end of the connection is seen");
        Assert.Equal([Http(null, ExportRejectionReason.ConnectionEnded, "/v1/traces", 1)], Rejected());
    }

    [Fact]
    public async Task Grpc_refusals_are_counted_with_status_and_reason()
    {
        using var grpc = new RawGrpc(receiver, "arm");

        await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync([0x0f]));
        await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(new byte[100_001]));
        await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync([], service: "opentelemetry.proto.collector.trace.v0.TraceService"));
        await Eventually.HoldsAsync(() => Rejected().Count == 3, "all three are counted");

        Assert.Equal(
            new HashSet<RejectedExport>
            {
                Grpc(3, ExportRejectionReason.Malformed, GrpcTraces),
                Grpc(8, ExportRejectionReason.TooLarge, GrpcTraces),
                Grpc(12, ExportRejectionReason.UnknownPath, "/opentelemetry.proto.collector.trace.v0.TraceService/Export"),
            },
            Rejected().ToHashSet());
        Assert.Equal(3, receiver.Read("arm").RefusedRequestCount);
    }

    [Fact]
    public async Task Each_protocol_at_the_port_of_the_other_is_counted()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limits.Wait };
        foreach (var (address, version) in new[] { (receiver.GrpcEndpoint("arm"), HttpVersion.Version11), (receiver.HttpEndpoint("arm"), HttpVersion.Version20) })
        {
            using var content = new ByteArrayContent(SampleExports.Bytes(1));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "v1/traces"))
            {
                Content = content,
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            await Assert.ThrowsAnyAsync<Exception>(async () => (await client.SendAsync(request, Limits.Token)).EnsureSuccessStatusCode().Dispose());
        }

        await Eventually.HoldsAsync(() => Rejected().Count == 2, "both are counted");
        Assert.All(Rejected(), entry => Assert.Equal(ExportRejectionReason.WrongProtocol, entry.Reason));
        Assert.Equal([ExportTransport.Http, ExportTransport.Grpc], Rejected().Select(entry => entry.Transport).Order());
    }

    [Fact]
    public async Task What_a_fault_rejects_is_told_apart()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Unavailable(null), Limits.Token);

        Assert.Equal(503, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);

        Assert.Equal([Http(503, ExportRejectionReason.InjectedFault, "/v1/traces", 1)], Rejected());
        Assert.True(Rejected()[0].IsIntended);
    }

    [Fact]
    public async Task Beyond_16_paths_the_others_are_counted_together()
    {
        for (var index = 0; index < 20; index++)
        {
            await PostToAsync($"/v1/traces/{index}");
        }

        Assert.Equal(17, Rejected().Count);
        Assert.Equal(Http(404, ExportRejectionReason.UnknownPath, RejectedExport.OtherPaths, 4), Rejected()[0]);
    }

    [Fact]
    public async Task A_reset_forgets_what_was_rejected()
    {
        await PostToAsync("//v1/traces");

        receiver.Reset("arm");

        Assert.Empty(Rejected());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "resource_spans": [ { "scope_spans": [ { "spans": [ { "trace_id": "0102030405060708090a0b0c0d0e0f10" } ] } ] } ] }""")]
    [InlineData("""{ "resourceSpans": [ { "scopeSpans": [ { "spans": [] } ] } ] }""")]
    public async Task Json_without_spans_is_answered_as_taken_and_counted(string json)
    {
        Assert.Equal(200, (await http.PostAsync(Encoding.UTF8.GetBytes(json), "application/json")).StatusCode);
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);

        var counts = receiver.Read("arm");
        Assert.Equal((2, 1), (counts.ExportRequestCount, counts.ExportsWithoutSpansCount));
        Assert.Empty(counts.RejectedExports);
    }

    private static RejectedExport Http(int? status, ExportRejectionReason reason, string path, long count) => new(ExportTransport.Http, status, reason, path, count);

    private static RejectedExport Grpc(int status, ExportRejectionReason reason, string path) => new(ExportTransport.Grpc, status, reason, path, 1);

    private IReadOnlyList<RejectedExport> Rejected() => receiver.Read("arm").RejectedExports;

    private async Task<RawAnswer> PostToAsync(string path)
    {
        using var content = new ByteArrayContent(SampleExports.Bytes(1));
        content.Headers.ContentType = new(RawHttp.Protobuf);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver.HttpEndpoint("arm").GetLeftPart(UriPartial.Authority) + path)) { Content = content };
        return await http.SendAsync(request);
    }
}
