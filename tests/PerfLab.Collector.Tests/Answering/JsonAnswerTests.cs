using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using PerfLab.Collector.Tests.Reading;

namespace PerfLab.Collector.Tests.Answering;

public sealed class JsonAnswerTests : IAsyncLifetime
{
    private const string Json = "application/json";

    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        http = new RawHttp(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, receiver.HeldBytes("arm"));
        http.Dispose();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_good_request_is_answered_in_JSON()
    {
        var body = OtlpJsonText.Of(SampleExports.Request(seed: 1, spans: 5));

        var answer = await http.PostAsync(body, Json);

        Assert.Equal((200, Json), (answer.StatusCode, answer.ContentType));
        Assert.Empty(JsonNode.Parse(answer.Body)!.AsObject());
        var tally = receiver.Read("arm");
        Assert.Equal((1, 5), (tally.ExportRequestCount, tally.SpanCount));
        Assert.Equal((body.Length, body.Length), (tally.WireBytes, tally.DecodedBytes));
    }

    [Fact]
    public async Task Gzip_works_as_with_protobuf()
    {
        var body = OtlpJsonText.Of(SampleExports.Request(seed: 1, spans: 30));

        Assert.Equal(200, (await http.PostAsync(RawHttp.Gzip(body), Json, "gzip")).StatusCode);
        Assert.Equal((30, body.Length), (receiver.Read("arm").SpanCount, receiver.Read("arm").DecodedBytes));
    }

    [Fact]
    public async Task Rejected_spans_are_answered_in_JSON()
    {
        var request = SampleExports.Request(seed: 1, spans: 3);
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].SpanId = ByteString.Empty;

        var answer = await http.PostAsync(OtlpJsonText.Of(request), Json);

        Assert.Equal(200, answer.StatusCode);
        var partial = JsonNode.Parse(answer.Body)!["partialSuccess"]!;
        Assert.Equal("1", partial["rejectedSpans"]!.GetValue<string>());
        Assert.NotEmpty(partial["errorMessage"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_malformed_request_is_refused_in_JSON()
    {
        var answer = await http.PostAsync(Encoding.UTF8.GetBytes("""{"resourceSpans":[{"scopeSpans":7}]}"""), Json);

        Assert.Equal((400, Json), (answer.StatusCode, answer.ContentType));
        var status = JsonNode.Parse(answer.Body)!;
        Assert.Equal(3, status["code"]!.GetValue<int>());
        Assert.Contains("an array is expected", status["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("google.rpc.BadRequest", status["details"]![0]!["@type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, receiver.Read("arm").RefusedRequestCount);
    }

    [Theory]
    [InlineData("v1/metrics")]
    [InlineData("v1/logs")]
    public async Task Other_signals_are_taken(string path)
    {
        Assert.Equal(200, (await http.PostAsync("""{"resourceMetrics":[{"x":[1,2]}]}"""u8.ToArray(), Json, path: path)).StatusCode);
        Assert.Equal(400, (await http.PostAsync("""{"resourceMetrics":"""u8.ToArray(), Json, path: path)).StatusCode);
        Assert.Equal(1, receiver.Read("arm").OtherSignalRequestCount);
    }
}
