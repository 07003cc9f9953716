using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Tests.Answering;

namespace PerfLab.Collector.Tests;

/// <summary>One receiver sends on to another, which can be in trouble.</summary>
public sealed class ForwardingTests
{
    [Fact]
    public async Task Everything_that_is_taken_arrives_at_the_other_end_with_its_headers_asked_for()
    {
        await using var end = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions(), Limits.Token);
        await using (var receiver = await StartAsync(end))
        {
            await SendAsync(receiver, requests: 20);
            await UntilAsync(() => receiver.ReadForwarding()!.SentCount == 60);
            Assert.Equal(new ForwardingCounts(60, 0, 0, 0), receiver.ReadForwarding());
        }

        Assert.Equal((60L, 0L), (end.Read("end").SpanCount, end.Read("end").DuplicateSpanCount));
    }

    [Fact(DisableParallelization = true)]
    public async Task A_proxy_of_the_shell_does_not_stand_between_two_receivers_of_one_machine()
    {
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:1");
        try
        {
            await using var end = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions(), Limits.Token);
            await using var receiver = await StartAsync(end);
            await SendAsync(receiver, requests: 1);

            await UntilAsync(() => receiver.ReadForwarding()!.SentCount == 3);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again()
    {
        await using var end = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions(), Limits.Token);
        await end.InjectFaultAsync("end", new BackEndFault.Unavailable(), Limits.Token);
        await using var receiver = await StartAsync(end, options => options with { MaxAttempts = 1000 });
        await SendAsync(receiver, requests: 1);
        await UntilAsync(() => end.Read("end").RefusedRequestCount >= 2);

        await end.ClearFaultAsync("end", Limits.Token);

        await UntilAsync(() => receiver.ReadForwarding()!.SentCount == 3);
        Assert.Equal(3, end.Read("end").SpanCount);
    }

    [Fact]
    public async Task A_refusal_for_good_and_an_end_that_is_down_are_counted_as_losses()
    {
        await using var refusing = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions { MaxBodyBytes = 10 }, Limits.Token);
        await using var first = await StartAsync(refusing);
        await SendAsync(first, requests: 2);
        await UntilAsync(() => first.ReadForwarding()!.RefusedCount == 6);
        Assert.Equal(2, refusing.Read("end").RefusedRequestCount);

        await refusing.InjectFaultAsync("end", new BackEndFault.Down(), Limits.Token);
        await using var second = await StartAsync(refusing, options => options with { MaxAttempts = 2 });
        await SendAsync(second, requests: 1);
        await UntilAsync(() => second.ReadForwarding()!.RefusedCount == 3);
    }

    [Fact]
    public async Task An_end_that_never_answers_fills_the_queue_and_disturbs_nobody()
    {
        await using var end = await OtlpReceiver.StartAsync(["end"], new ReceiverOptions(), Limits.Token);
        await end.InjectFaultAsync("end", new BackEndFault.Silent(), Limits.Token);
        var clock = Stopwatch.StartNew();
        await using (var receiver = await StartAsync(end, options => options with { MaxQueuedBytes = 4000, DrainTimeout = TimeSpan.FromMilliseconds(50) }))
        {
            await SendAsync(receiver, requests: 50);

            var tally = receiver.ReadForwarding()!;
            Assert.Equal(150, receiver.Read("arm").SpanCount);
            Assert.Equal(150, tally.NoRoomCount + tally.WaitingCount);
            Assert.True(tally is { NoRoomCount: > 0, WaitingCount: > 0 }, tally.ToString());
        }

        Assert.True(clock.Elapsed < Limits.Wait, "The end is bounded.");
    }

    [Fact]
    public async Task Headers_of_the_environment_are_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/otlp";
        await using var receiver = await OtlpReceiver.StartAsync(
            ["arm"],
            new ReceiverOptions { Forward = ForwardingOptions.Parse(address, "api-key=a%20b,x-scope=lab") with { DrainTimeout = TimeSpan.FromMilliseconds(50) } },
            Limits.Token);
        await SendAsync(receiver, requests: 1);

        using var connection = await listener.AcceptTcpClientAsync(Limits.Token);
        using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Limits.Token) is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        Assert.Equal("POST /otlp/v1/traces HTTP/1.1", lines[0]);
        Assert.Contains("api-key: a b", lines);
        Assert.Contains("x-scope: lab", lines);
    }

    [Theory]
    [InlineData("200 OK", "application/x-protobuf", "0a020802", 2, "200 (partial success)")]
    [InlineData("200 OK", "application/x-protobuf", "0a0408011200", 1, "200 (partial success)")]
    [InlineData("200 OK", "application/x-protobuf", "0a020805", 3, "200 (partial success)")]
    [InlineData("200 OK", null, "0a020802", 2, "200 (partial success)")]
    [InlineData("200 OK", "application/protobuf", "0a020802", 2, "200 (partial success)")]
    [InlineData("200 OK", null, "4f4b", 3, "200 (answers with a body without a content type that cannot be read)")]
    [InlineData("200 OK", "application/json", "7b227061727469616c53756363657373223a7b2272656a65637465645370616e73223a2232222c226572726f724d657373616765223a2271756f7461227d7d", 2, "200 (partial success: quota)")]
    [InlineData("200 OK", "text/html", "3c68313e4c6f67696e3c2f68313e", 3, "200 (answers with text/html, which is not OTLP)")]
    [InlineData("200 OK", "application/x-protobuf", "ffff", 3, "200 (answers with application/x-protobuf that cannot be read)")]
    [InlineData("200 OK", "application/json", "4f4b", 3, "200 (answers with application/json that cannot be read)")]
    [InlineData("200 OK", "application/json", "efbbbf7b7d", 3, "200 (answers with application/json that cannot be read)")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/login", "text/html", "", 3, "302 (redirects to http://127.0.0.1:1/login, which is not followed)")]
    [InlineData("307 Temporary Redirect\r\nLocation: /other/v1/traces", "text/html", "", 3, "307 (redirects to /other/v1/traces, which is not followed)")]
    [InlineData("401 Unauthorized", "text/plain", "6e6f", 3, "401 (Unauthorized)")]
    [InlineData("404 Not Found", "text/plain", "6e6f", 3, "404 (Not Found)")]
    public async Task What_a_back_end_does_not_take_is_counted_with_its_status(string status, string? type, string body, long refused, string reason)
    {
        await using var end = new ScriptedBackEnd(status, type, Convert.FromHexString(body));
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { Forward = new ForwardingOptions { Endpoint = end.Address } }, Limits.Token);

        await SendAsync(receiver, requests: 1);
        await UntilAsync(() => receiver.ReadForwarding()!.WaitingCount == 0);

        var tally = receiver.ReadForwarding()!;
        Assert.Equal((3 - refused, refused), (tally.SentCount, tally.RefusedCount));
        var refusal = Assert.Single(tally.Refusals);
        Assert.Equal((reason, refused), (refusal.Reason.ToString(), refusal.SpanCount));
        Assert.Equal(new Uri(end.Address, "v1/traces").ToString(), refusal.Address);
        Assert.Equal(1, end.RequestCount);
    }

    [Theory]
    [InlineData("4294968", 3600)]
    [InlineData("99999999999999999999", null)]
    [InlineData("2147483647", 3600)]
    [InlineData("7", 7)]
    [InlineData("Sun, 06 Nov 1994 08:49:47 GMT\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT", 10)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:49:47 GMT", 0)]
    [InlineData("Sun, 06 Nov 2044 08:49:37 GMT", 3600)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0)]
    public async Task When_to_try_again_is_read_in_seconds_and_as_a_date_and_is_an_hour_at_most(string retryAfter, int? seconds)
    {
        await using var end = new ScriptedBackEnd($"503 Service Unavailable\r\nRetry-After: {retryAfter}", "text/plain", []);
        using var client = new HttpClient();
        using var response = await client.GetAsync(end.Address, Limits.Token);

        var answer = await ForwardingAnswer.ReadAsync(response, Limits.Token);

        Assert.True(answer.MayTryAgain);
        Assert.Equal(seconds, answer.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task An_end_that_says_to_come_back_in_months_does_not_end_the_run_that_waits_for_it()
    {
        await using var end = new ScriptedBackEnd("503 Service Unavailable\r\nRetry-After: 4294968", "text/plain", []);
        var receiver = await OtlpReceiver.StartAsync(
            ["arm"], new ReceiverOptions { Forward = new ForwardingOptions { Endpoint = end.Address, DrainTimeout = TimeSpan.FromMilliseconds(50) } }, Limits.Token);
        await using (receiver)
        {
            await SendAsync(receiver, requests: 2);
            await UntilAsync(() => end.RequestCount == 1);
        }

        Assert.Equal(new ForwardingCounts(0, 0, 6, 0), receiver.ReadForwarding()! with { Refusals = [] });
    }

    [Theory]
    [InlineData("application/x-protobuf", "")]
    [InlineData("application/x-protobuf", "0a00")]
    [InlineData("application/json", "7b7d")]
    [InlineData("text/plain", "")]
    public async Task A_success_in_any_form_that_otlp_allows_is_one(string type, string body)
    {
        await using var end = new ScriptedBackEnd("200 OK", type, Convert.FromHexString(body));
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { Forward = new ForwardingOptions { Endpoint = end.Address } }, Limits.Token);

        await SendAsync(receiver, requests: 1);
        await UntilAsync(() => receiver.ReadForwarding()!.WaitingCount == 0);

        Assert.Equal(new ForwardingCounts(3, 0, 0, 0), receiver.ReadForwarding());
    }

    [Theory]
    [InlineData("http://h:4318", "http://h:4318/v1/traces")]
    [InlineData("http://h:4318/", "http://h:4318/v1/traces")]
    [InlineData("http://h:4318/v1/traces", "http://h:4318/v1/traces")]
    [InlineData("http://h:4318/v1/traces/", "http://h:4318/v1/traces")]
    [InlineData("https://h/api/otlp", "https://h/api/otlp/v1/traces")]
    [InlineData("https://h/api/otlp/v1/traces?key=1", "https://h/api/otlp/v1/traces?key=1")]
    [InlineData("https://h/api?key=1", "https://h/api/v1/traces?key=1")]
    public void The_path_of_traces_is_appended_once(string url, string address) =>
        Assert.Equal(new Uri(address), ForwardingOptions.Parse(url, headers: null).TracesAddress);

    [Theory]
    [InlineData("localhost:4318", null, "--forward")]
    [InlineData("ftp://localhost", null, "--forward")]
    [InlineData("http://user:pass@localhost", null, "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("http://localhost", "secret-without-name", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("http://localhost", "Authorization: Basic secret==", "Pair 1 is no header")]
    [InlineData("http://localhost", "a=b,x-key=secret%0Ab", "Pair 2 is no header")]
    [InlineData("http://localhost", "content-type=secret", "Pair 1 is no header")]
    [InlineData("http://localhost", "x key=secret", "Pair 1 is no header")]
    public void Faulty_options_are_told_without_a_headers_value(string url, string? headers, string where)
    {
        var message = Assert.Throws<FormatException>(() => ForwardingOptions.Parse(url, headers)).Message;

        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static Task<OtlpReceiver> StartAsync(OtlpReceiver end, Func<ForwardingOptions, ForwardingOptions>? change = null)
    {
        var options = new ForwardingOptions { Endpoint = end.HttpEndpoint("end"), InitialBackoff = TimeSpan.FromMilliseconds(5) };
        return OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { Forward = change is null ? options : change(options) }, Limits.Token);
    }

    private static async Task SendAsync(OtlpReceiver receiver, int requests)
    {
        using var http = new RawHttp(receiver, "arm");
        for (var request = 0; request < requests; request++)
        {
            Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(request, spans: 3))).StatusCode);
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < Limits.Wait, "What is waited for does not happen.");
            await Task.Delay(5);
        }
    }
}
