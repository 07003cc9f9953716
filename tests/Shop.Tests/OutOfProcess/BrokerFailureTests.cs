using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Shop.Queues;

namespace Shop.Tests.OutOfProcess;

public sealed class BrokerFailureTests
{
    // Twice the time that an order waits for a broker, and some for a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("kafka")]
    [InlineData("rabbitmq")]
    public async Task A_broker_that_stops_in_the_middle_fails_orders_soon_and_does_not_hold_up_the_end(string kind)
    {
        await using var broker = await StartAsync(kind);
        await using var fleet = await Fleet.StartAsync(isOneProcess: true, broker.Address.OriginalString, ("OTEL_SDK_DISABLED", "true"));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(fleet.Url));

        await broker.DisposeAsync();

        var clock = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.BadGateway, await Customer.OrderAsync(fleet.Url));
        Assert.Equal(HttpStatusCode.BadGateway, await Customer.OrderAsync(fleet.Url));
        Assert.Equal(0, await fleet.Orders.TerminateAsync());
        Assert.True(clock.Elapsed < Patience, $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_process_that_is_killed_takes_its_own_rabbitmq_with_it()
    {
        Assert.SkipWhen(RabbitMqFixture.WhyMissing is not null, RabbitMqFixture.WhyMissing ?? string.Empty);
        await using var fleet = await Fleet.StartAsync(isOneProcess: true, "rabbitmq", ("OTEL_SDK_DISABLED", "true"));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(fleet.Url));
        var broker = new Uri((await Customer.GetServiceEndpointsAsync(fleet.Url)).Queue!);
        Assert.True(await ListensAsync(broker));

        await fleet.Orders.KillAloneAsync();

        var waited = Stopwatch.StartNew();
        while (await ListensAsync(broker))
        {
            Assert.True(waited.Elapsed < Patience, "RabbitMQ outlived the shop that started it.");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_shop_with_a_rabbitmq_of_its_own_leaves_nothing_behind()
    {
        Assert.SkipWhen(RabbitMqFixture.WhyMissing is not null, RabbitMqFixture.WhyMissing ?? string.Empty);
        await using var fleet = await Fleet.StartAsync(isOneProcess: true, "rabbitmq", ("OTEL_SDK_DISABLED", "true"));
        var broker = new Uri((await Customer.GetServiceEndpointsAsync(fleet.Url)).Queue!);
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(fleet.Url));

        await fleet.StopAsync();

        Assert.False(await ListensAsync(broker));
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("amqp")]
    [InlineData("http")]
    public async Task A_broker_that_is_not_there_ends_the_start_or_the_order_with_its_reason(string scheme)
    {
        var nobody = $"{scheme}://127.0.0.1:{ServerProcess.FreePort()}";
        await using var shop = ShopProcess.Start(["--urls", "http://127.0.0.1:0", "--queue", nobody], ("OTEL_SDK_DISABLED", "true"));

        Assert.Equal(1, await shop.ExitCodeAsync());

        Assert.Contains(nobody[(nobody.IndexOf(':', StringComparison.Ordinal) + 3)..], shop.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shop.Errors, StringComparison.Ordinal);
    }

    private static async Task<IBroker> StartAsync(string kind)
    {
        if (kind == "kafka")
        {
            return KafkaMockBroker.Start("shop-orders");
        }

        Assert.SkipWhen(RabbitMqFixture.WhyMissing is not null, RabbitMqFixture.WhyMissing ?? string.Empty);
        return await RabbitMqBroker.StartAsync(CancellationToken.None);
    }

    private static async Task<bool> ListensAsync(Uri broker)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(broker.Host, broker.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
