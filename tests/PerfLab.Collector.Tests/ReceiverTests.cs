using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Tests.Answering;

namespace PerfLab.Collector.Tests;

public sealed class ReceiverTests
{
    [Fact]
    public async Task Every_arm_has_two_loopback_ports_of_its_own()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["off", "on"], new ReceiverOptions(), Limits.Token);
        Uri[] addresses = [receiver.HttpEndpoint("off"), receiver.GrpcEndpoint("off"), receiver.HttpEndpoint("on"), receiver.GrpcEndpoint("on")];

        Assert.Equal(4, addresses.Select(address => address.Port).Distinct().Count());
        Assert.All(addresses, address => Assert.Equal(("http", "127.0.0.1", "/"), (address.Scheme, address.Host, address.AbsolutePath)));
        Assert.Equal("/v1/traces", new Uri(receiver.HttpEndpoint("on"), "v1/traces").AbsolutePath);
    }

    [Fact]
    public async Task A_disposed_receiver_listens_no_more()
    {
        var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        var ports = new[] { receiver.HttpEndpoint("arm").Port, receiver.GrpcEndpoint("arm").Port };
        using (var http = new RawHttp(receiver, "arm"))
        {
            Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);
            await receiver.DisposeAsync().AsTask().WaitAsync(Limits.Wait);
        }

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(endpoint => IPAddress.IsLoopback(endpoint.Address)).Select(endpoint => endpoint.Port);
        Assert.Empty(listening.Intersect(ports));
    }

    [Fact]
    public async Task The_receiver_logs_nothing_and_leaves_signals_to_the_program_around_it()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);

        Assert.Empty(receiver.Services.GetServices<ILoggerProvider>());
        Assert.IsType<NoSignalHostLifetime>(receiver.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task A_reading_of_nothing_is_zero()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);

        var nothing = new ArmTelemetryCounts
        {
            ExportRequestCount = 0,
            SpanCount = 0,
            RefusedRequestCount = 0,
            RefusedSpanCount = 0,
            WireBytes = 0,
            DecodedBytes = 0,
            RefusedWireBytes = 0,
            OtherSignalRequestCount = 0,
            OtherSignalWireBytes = 0,
        };
        Assert.Equal(nothing, receiver.Read("arm"));
    }

    [Fact]
    public async Task A_reset_forgets_refusals_that_nobody_could_count()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), Limits.Token);
        using var http = new RawHttp(receiver, "arm");
        await http.PostAsync([0x0f]);
        Assert.Null(receiver.Read("arm").RefusedSpanCount);

        receiver.Reset("arm");

        Assert.Equal(0, receiver.Read("arm").RefusedSpanCount);
    }

    [Fact]
    public async Task An_arm_that_does_not_exist_is_named()
    {
        await using var receiver = await OtlpReceiver.StartAsync(["off", "on"], new ReceiverOptions(), Limits.Token);

        Assert.Contains("'onn'", Assert.Throws<ArgumentException>(() => receiver.Read("onn")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => receiver.HttpEndpoint("onn"));
        Assert.Throws<ArgumentException>(() => receiver.GrpcEndpoint("onn"));
        Assert.Throws<ArgumentException>(() => receiver.Reset("onn"));
    }

    [Fact]
    public async Task Arms_must_be_named_once_and_there_must_be_one()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => OtlpReceiver.StartAsync(["a", "a"], new ReceiverOptions(), Limits.Token));
        await Assert.ThrowsAsync<ArgumentException>(() => OtlpReceiver.StartAsync([], new ReceiverOptions(), Limits.Token));
    }

    [Fact]
    public async Task All_limits_out_of_range_are_named_together()
    {
        var options = new ReceiverOptions { MaxBodyBytes = 0, MaxNesting = 1001, BodySeconds = double.NaN, StopSeconds = 0 };

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => OtlpReceiver.StartAsync(["arm"], options, Limits.Token));

        Assert.All(
            new[] { "MaxBodyBytes 0", "MaxNesting 1001", "BodySeconds NaN", "StopSeconds 0" },
            fault => Assert.Contains(fault, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_nothing()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OtlpReceiver.StartAsync(["arm"], new ReceiverOptions(), given.Token));
    }
}
