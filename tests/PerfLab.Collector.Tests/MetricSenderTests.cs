using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PerfLab.Collector.Capture;

namespace PerfLab.Collector.Tests;

/// <summary>Metrics of a finished run, sent to back ends that take them, leave some out, or refuse.</summary>
public sealed class MetricSenderTests
{
    // The example of the specification (opentelemetry-proto, examples/metrics.json), shortened to its gauge.
    private const string Metrics =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},"scopeMetrics":[{"scope":{"name":"my.library"},"metrics":[
        {"name":"my.gauge","unit":"1","description":"I am a Gauge","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1544712660300000000","attributes":[]}]}}]}]}]}
        """;

    [Fact]
    public async Task The_collector_takes_metrics_at_its_base_address_and_at_that_of_metrics()
    {
        await using var end = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions(), Limits.Token);
        var address = end.HttpEndpoint("end").ToString();

        Assert.Null(await PostAsync(address));
        Assert.Null(await PostAsync(address.TrimEnd('/') + "/v1/metrics"));
        Assert.Equal(0, end.Read("end").RefusedRequestCount);
    }

    [Fact]
    public async Task Type_headers_and_body_arrive()
    {
        await using var end = new ScriptedBackEnd("200 OK", "application/json", "{}"u8.ToArray());

        Assert.Null(await MetricSender.PostOtlpAsync(ForwardingOptions.Parse($"{end.Address}otlp?tenant=a", "api-key=b%20c"), Metrics, Limits.Token));

        var request = Assert.Single(end.Requests);
        Assert.StartsWith("POST /otlp/v1/metrics?tenant=a HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\napi-key: b c\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + Metrics, request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", "application/json", """{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}""", 3L, "200 (partial success: too old)", "")]
    [InlineData("200 OK", "application/json", """{"partialSuccess":{"rejectedDataPoints":"0","errorMessage":"a hint"}}""", null, null, "")]
    [InlineData("200 OK", "text/html", "<h1>Login</h1>", null, "200 (answers with text/html, which is not OTLP)", "")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/login?key=secret", "text/html", "", null, "302 (redirects to http://127.0.0.1:1/login, which is not followed)", "")]
    [InlineData("401 Unauthorized", "text/plain", "no such\n key\n", null, "401 (Unauthorized)", "no such key")]
    [InlineData("400 Bad Request", "text/html", "<h1>no</h1>", null, "400 (Bad Request)", "")]
    [InlineData("503 Service Unavailable", "application/json", """{"code":14}""", null, "503 (Service Unavailable)", """{"code":14}""")]
    public async Task What_a_back_end_does_not_take_is_told_with_its_status_and_its_words(string status, string type, string body, long? rejected, string? reason, string explanation)
    {
        await using var end = new ScriptedBackEnd(status, type, System.Text.Encoding.UTF8.GetBytes(body));

        var refusal = await PostAsync(end.Address.ToString());

        Assert.Equal((reason, rejected, reason is null ? null : explanation), (refusal?.Reason.ToString(), refusal?.RejectedCount, refusal?.Explanation));
        Assert.Equal(1, end.RequestCount);
    }

    [Fact]
    public async Task A_partial_success_in_protobuf_is_read_as_well()
    {
        // partial_success { rejected_data_points: 2 }, by the wire format: field 1 of 2 bytes, in it field 1 as a varint.
        await using var end = new ScriptedBackEnd("200 OK", "application/x-protobuf", [0x0a, 0x02, 0x08, 0x02]);

        Assert.Equal(2, (await PostAsync(end.Address.ToString()))!.RejectedCount);
    }

    [Theory]
    [InlineData("200 OK", null)]
    [InlineData("202 Accepted", null)]
    [InlineData("400 Bad Request", "400 (Bad Request)")]
    [InlineData("301 Moved Permanently\r\nLocation: https://elsewhere.example/", "301 (redirects to https://elsewhere.example/, which is not followed)")]
    public async Task A_text_is_put_and_the_status_decides(string status, string? reason)
    {
        await using var end = new ScriptedBackEnd(status, null, []);

        var refusal = await MetricSender.PutTextAsync(new Uri(end.Address, "metrics/job/a"), "x 1\n", "text/plain; version=0.0.4", Limits.Wait, Limits.Token);

        Assert.Equal(reason, refusal?.Reason.ToString());
        var request = Assert.Single(end.Requests);
        Assert.StartsWith("PUT /metrics/job/a HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain; version=0.0.4\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nx 1\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_there_and_who_never_answers_is_told_within_the_limit()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        var clock = Stopwatch.StartNew();

        var silent = await MetricSender.PostOtlpAsync(ForwardingOptions.Parse(address, null) with { AttemptTimeout = TimeSpan.FromMilliseconds(100) }, Metrics, Limits.Token);
        listener.Stop();
        var absent = await PostAsync(address);

        Assert.Equal("no answer in time", silent!.Reason.ToString());
        Assert.Null(absent!.Reason.Status);
        Assert.Contains("refused", absent.Reason.ToString(), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < Limits.Wait, "The wait is bounded.");
    }

    private static Task<MetricRefusal?> PostAsync(string address) => MetricSender.PostOtlpAsync(ForwardingOptions.Parse(address, null), Metrics, Limits.Token);
}
