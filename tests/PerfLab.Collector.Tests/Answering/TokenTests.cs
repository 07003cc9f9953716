using System.Net.Http.Headers;
using Grpc.Core;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.Tests.Answering;

/// <summary>Only who was told an arm's token posts spans to it; another user of the machine does not.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync(["arm", "other"], new ReceiverOptions { RequiresToken = true }, Limits.Token);
        http = new RawHttp(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Over_HTTP_the_path_or_the_header_shows_it(bool inPath, bool inHeader)
    {
        Assert.Equal(200, await PostAsync(inPath ? receiver.HttpEndpoint("arm") : Port(), inHeader ? receiver.Headers("arm") : null));

        Assert.Equal(3, receiver.Read("arm").SpanCount);
        Assert.Empty(receiver.Read("arm").RejectedExports);
    }

    [Fact]
    public async Task Without_it_or_with_another_arms_nothing_is_taken_and_the_attempt_is_told()
    {
        var strange = new Uri(Port(), receiver.HttpEndpoint("other").AbsolutePath);

        Assert.Equal(401, await PostAsync(Port(), headers: null));
        Assert.Equal(401, await PostAsync(strange, receiver.Headers("other")));
        Assert.Equal(401, await PostAsync(Port(), receiver.Headers("arm")![..^1]));

        var counts = receiver.Read("arm");
        Assert.Equal((0, 0), (counts.SpanCount, counts.RefusedRequestCount));
        Assert.Equal(3, counts.RejectedExports.Where(entry => entry is { Reason: ExportRejectionReason.NoToken, Status: 401 }).Sum(entry => entry.Count));
    }

    [Fact]
    public async Task Paths_are_told_without_it()
    {
        Assert.Equal(404, (await http.PostAsync(SampleExports.Bytes(1), path: "v1/v1/traces")).StatusCode);

        Assert.Equal("/v1/v1/traces", Assert.Single(receiver.Read("arm").RejectedExports).Path);
    }

    [Fact]
    public async Task Over_gRPC_the_header_shows_it()
    {
        using var grpc = new RawGrpc(receiver, "arm");
        var pair = receiver.Headers("arm")!.Split('=');

        Assert.Null((await grpc.ExportAsync(SampleExports.Bytes(1), metadata: new Metadata { { pair[0], pair[1] } })).PartialSuccess);
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(SampleExports.Bytes(2)));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        var counts = receiver.Read("arm");
        Assert.Equal((3, 0), (counts.SpanCount, counts.RefusedRequestCount));
        Assert.Equal([new RejectedExport(ExportTransport.Grpc, 16, ExportRejectionReason.NoToken, $"/{RawGrpc.Traces}/Export", 1)], counts.RejectedExports);
    }

    // The port as another user of the machine finds it.
    private Uri Port() => new(receiver.HttpEndpoint("arm"), "/");

    private async Task<int> PostAsync(Uri endpoint, string? headers)
    {
        using var content = new ByteArrayContent(SampleExports.Bytes(1));
        content.Headers.ContentType = new MediaTypeHeaderValue(RawHttp.Protobuf);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "v1/traces")) { Content = content };
        if (headers?.Split('=') is [var name, var value])
        {
            request.Headers.Add(name, value);
        }

        return (await http.SendAsync(request)).StatusCode;
    }
}
