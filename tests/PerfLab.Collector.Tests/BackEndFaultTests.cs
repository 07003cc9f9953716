using System.Diagnostics;
using System.Net.Sockets;
using Grpc.Core;
using OpenTelemetry.Exporter;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Protocol.Rpc;
using PerfLab.Collector.Tests.Answering;
using PerfLab.Collector.Tests.Exporters;
using PerfLab.Collector.Tests.Hostile;
using RpcStatus = PerfLab.Collector.Protocol.Rpc.Status;

namespace PerfLab.Collector.Tests;

public sealed class BackEndFaultTests : IAsyncLifetime
{
    private static readonly byte[] Body = SampleExports.Bytes(seed: 1, spans: 4);

    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;
    private RawGrpc grpc = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync(["arm", "other"], new ReceiverOptions(), Limits.Token);
        http = new RawHttp(receiver, "arm");
        grpc = new RawGrpc(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        grpc.Dispose();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task An_unavailable_back_end_tells_senders_when_to_try_again()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Unavailable(RetryAfterSeconds: 5), Limits.Token);

        var answer = await http.PostAsync(RawHttp.Gzip(Body), encoding: "gzip");
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.RetryAfter));
        Assert.Equal((StatusCode.Unavailable, TimeSpan.FromSeconds(5)), (refused.StatusCode, RetryDelayOf(refused)));
        await AssertRefusedThenWellAsync(requests: 2);
    }

    [Fact]
    public async Task A_throttling_back_end_answers_with_one_too_many()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Throttled(RetryAfterSeconds: 2.5), Limits.Token);

        var answer = await http.PostAsync(Body);
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));

        // Retry-After has whole seconds only (RFC 9110, 10.2.3).
        Assert.Equal((429, TimeSpan.FromSeconds(3)), (answer.StatusCode, answer.RetryAfter));
        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(2.5)), (refused.StatusCode, RetryDelayOf(refused)));
        await AssertRefusedThenWellAsync(requests: 2);
    }

    [Fact]
    public async Task Nothing_is_said_about_trying_again_if_so_wanted()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Throttled(), Limits.Token);

        var answer = await http.PostAsync(Body);
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));

        Assert.Null(answer.RetryAfter);
        Assert.Null(RetryDelayOf(refused));
        await AssertRefusedThenWellAsync(requests: 2);
    }

    [Fact]
    public async Task A_slow_back_end_takes_everything_late()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Slow(DelaySeconds: 0.3), Limits.Token);
        var started = Stopwatch.GetTimestamp();

        Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);
        await grpc.ExportAsync(Body);

        // A timer may fire a little early; nothing bounds how late it may be.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.55, double.MaxValue);
        Assert.Equal((8, 0), (receiver.Read("arm").SpanCount, receiver.Read("arm").RefusedSpanCount));
    }

    [Fact]
    public async Task A_silent_back_end_never_answers_until_it_recovers()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Silent(), Limits.Token);
        var overHttp = http.PostAsync(Body);
        var overGrpc = grpc.ExportAsync(Body);
        await Eventually.HoldsAsync(() => receiver.Read("arm").RefusedRequestCount == 2, "both requests are read");
        await Eventually.HoldsAsync(() => receiver.HeldBytes("arm") == 0, "they hold nothing while they wait");
        Assert.False(overHttp.IsCompleted || overGrpc.IsCompleted);

        await receiver.ClearFaultAsync("arm", Limits.Token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => overHttp);
        await Assert.ThrowsAsync<RpcException>(() => overGrpc);
        await AssertRefusedThenWellAsync(requests: 2);
    }

    [Fact]
    public async Task More_senders_than_the_bound_can_meet_silence()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Silent(), Limits.Token);
        List<Task> pending = [];
        for (var sent = 1; sent <= 50; sent++)
        {
            pending.Add(grpc.ExportAsync(Body));
            await Eventually.HoldsAsync(() => receiver.Read("arm").RefusedRequestCount == sent, "the request is read");
        }

        Assert.All(pending, call => Assert.False(call.IsCompleted));
        await receiver.ClearFaultAsync("arm", Limits.Token);
        await Task.WhenAll(pending.Select(call => Assert.ThrowsAsync<RpcException>(() => call))).WaitAsync(Limits.Wait);
    }

    [Fact]
    public async Task A_resetting_back_end_breaks_connections_after_reading()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Reset(), Limits.Token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync(Body));
        await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));

        // Clients may try again by themselves on a connection that broke before any answer, so there may be more.
        await receiver.ClearFaultAsync("arm", Limits.Token);
        Assert.InRange(receiver.Read("arm").RefusedRequestCount, 2, 20);
        Assert.Equal(4 * receiver.Read("arm").RefusedRequestCount, receiver.Read("arm").RefusedSpanCount);
        Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);
    }

    [Fact]
    public async Task A_back_end_that_is_down_refuses_connections_and_comes_back_at_the_same_ports()
    {
        Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);
        await grpc.ExportAsync(Body);
        for (var outage = 0; outage < 3; outage++)
        {
            await receiver.InjectFaultAsync("arm", new BackEndFault.Down(), Limits.Token);

            var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.PostAsync(Body));
            Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
            var unavailable = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(Body));
            Assert.Equal(StatusCode.Unavailable, unavailable.StatusCode);
            using var other = new RawHttp(receiver, "other");
            Assert.Equal(200, (await other.PostAsync(Body)).StatusCode);

            await receiver.ClearFaultAsync("arm", Limits.Token);
            Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);

            // The old channel waits a while before it connects again, which is its own affair.
            using var fresh = new RawGrpc(receiver, "arm");
            await fresh.ExportAsync(Body);
        }

        Assert.Equal((8, 0), (receiver.Read("arm").ExportRequestCount, receiver.Read("arm").RefusedRequestCount));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Spans_of_the_sdk_are_lost_while_the_back_end_is_down_and_arrive_after_it_recovered(OtlpExportProtocol protocol)
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Down(), Limits.Token);
        using (var during = new RealExporter(receiver, "arm", protocol, OtlpExportCompression.None))
        {
            during.Emit(spans: 10);
            during.Finish();
        }

        await receiver.ClearFaultAsync("arm", Limits.Token);
        using var after = new RealExporter(receiver, "arm", protocol, OtlpExportCompression.None);
        after.Emit(spans: 20);

        Assert.True(after.Finish());
        Assert.Equal(20, receiver.Read("arm").SpanCount);
    }

    [Fact]
    public async Task One_trouble_takes_the_place_of_another()
    {
        await receiver.InjectFaultAsync("arm", new BackEndFault.Down(), Limits.Token);
        await receiver.InjectFaultAsync("arm", new BackEndFault.Throttled(), Limits.Token);

        Assert.Equal(429, (await http.PostAsync(Body)).StatusCode);
    }

    [Fact]
    public async Task A_receiver_stops_in_the_middle_of_any_trouble()
    {
        foreach (var fault in new BackEndFault[] { new BackEndFault.Down(), new BackEndFault.Silent(), new BackEndFault.Slow(3600) })
        {
            var troubled = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions { StopSeconds = 0.2 }, Limits.Token);
            await troubled.InjectFaultAsync("arm", fault, Limits.Token);
            using var client = new RawHttp(troubled, "arm");
            var pending = client.PostAsync(Body);
            await troubled.DisposeAsync().AsTask().WaitAsync(Limits.Wait);
            await Assert.ThrowsAnyAsync<Exception>(() => pending);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(3601)]
    [InlineData(double.NaN)]
    public async Task A_fault_with_seconds_out_of_range_is_not_injected(double seconds)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => receiver.InjectFaultAsync("arm", new BackEndFault.Slow(seconds), Limits.Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => receiver.InjectFaultAsync("arm", new BackEndFault.Unavailable(seconds), Limits.Token));
        Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);
    }

    private static TimeSpan? RetryDelayOf(RpcException refused)
    {
        var status = RpcStatus.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        return status.Details.SingleOrDefault()?.Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
    }

    private async Task AssertRefusedThenWellAsync(int requests)
    {
        var tally = receiver.Read("arm");
        Assert.Equal((0, requests, 4L * requests), (tally.SpanCount, tally.RefusedRequestCount, tally.RefusedSpanCount));
        await receiver.ClearFaultAsync("arm", Limits.Token);
        Assert.Equal(200, (await http.PostAsync(Body)).StatusCode);
        await grpc.ExportAsync(Body);
        Assert.Equal(8, receiver.Read("arm").SpanCount);
    }
}
