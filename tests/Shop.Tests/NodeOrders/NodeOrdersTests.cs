using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Tests.InMemory;
using Shop.Tests.OutOfProcess;

namespace Shop.Tests.NodeOrders;

/// <summary>The order service in Node.js: its traces with status and exception, across services and through RabbitMQ.</summary>
/// <param name="packages">The service.</param>
/// <param name="rabbit">RabbitMQ, where there is one.</param>
public sealed class NodeOrdersTests(NodeOrdersPackages packages, RabbitMqFixture rabbit) : IClassFixture<NodeOrdersPackages>, IClassFixture<RabbitMqFixture>
{
    private static readonly string[] Business =
    [
        "calculateShipping < processOrder",
        "chargePayment < processOrder",
        "deliverNotification < notifyCustomer",
        "notifyCustomer < processOrder",
        "validateInventory < processOrder",
    ];

    [Fact]
    public async Task An_order_is_one_trace_from_the_first_service_to_the_second()
    {
        var spans = await ReceivedTraces.OfAsync(packages.Main, Order(), ("ORDERS_INSTRUMENTATION", "http,manual"));

        Assert.Equal([.. ((string[])["POST", "POST < POST", "POST < validateInventory", "processOrder < POST", .. Business]).Order(StringComparer.Ordinal)], ReceivedTraces.Shape(spans));
        Assert.Single(spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal));
        Assert.All(spans, span => Assert.False(span.IsError));

        // Four of the order and its total.
        Assert.Equal(5, spans.Single(span => span.Name == "processOrder").AttributeCount);
    }

    [Fact]
    public async Task Two_processes_make_one_trace_of_an_order()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var inventory = await ShopProcess.NodeListeningAsync(packages.Main, ["--service", "inventory"], ReceivedTraces.To(receiver));
        await using var orders = await ShopProcess.NodeListeningAsync(packages.Main, ["--service", "orders", "--inventory-url", inventory.Url], ReceivedTraces.To(receiver));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(orders.Url));
        Assert.Equal(0, await orders.TerminateAsync());
        Assert.Equal(0, await inventory.TerminateAsync());

        Assert.Single(receiver.Spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal));
        Assert.Equal(["node-orders-inventory", "node-orders-orders"], receiver.Spans.Select(span => span.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SKU-SOLD-OUT", "card", HttpStatusCode.Conflict, "validateInventory")]
    [InlineData("SKU-0001", "declined_card", HttpStatusCode.PaymentRequired, "chargePayment")]
    public async Task A_step_that_fails_has_the_exception_and_the_order_its_status(string sku, string payment, HttpStatusCode expected, string failed)
    {
        var spans = await ReceivedTraces.OfAsync(
            packages.Main,
            async url => Assert.Equal(expected, await Customer.OrderAsync(url, OrderBodies.With(sku: sku, paymentMethod: payment))),
            ("ORDERS_INSTRUMENTATION", "manual"));

        Assert.Equal(((string[])[failed, "processOrder"]).Order(StringComparer.Ordinal), spans.Where(span => span.IsError).Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.Equal("exception", Assert.Single(spans.Single(span => span.Name == failed).Events));
        Assert.Empty(spans.Single(span => span.Name == "processOrder").Events);
    }

    [Theory]
    [InlineData("http,manual", "deliverNotification < notifyCustomer")]
    [InlineData("auto,manual", "deliverNotification < journey process")]
    public async Task A_notification_through_RabbitMQ_belongs_to_the_trace_of_its_order(string instrumentation, string delivery)
    {
        var address = await rabbit.AddressAsync();

        var spans = await ReceivedTraces.OfAsync(packages.Main, Order(), ("ORDERS_INSTRUMENTATION", instrumentation), ("AMQP_URL", address), ("AMQP_QUEUE", "journey"));

        Assert.Single(spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal));
        Assert.Contains(delivery, ReceivedTraces.Shape(spans));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var service = ShopProcess.StartNode(packages.Main, ["--prot", "1", "--service", "orders"], ("ORDERS_INSTRUMENTATION", "htpp"));

        Assert.Equal(2, await service.ExitCodeAsync());

        foreach (var part in (string[])["no option --prot", "--inventory-url", "does not know htpp"])
        {
            Assert.Contains(part, service.Errors, StringComparison.Ordinal);
        }
    }

    private static Func<string, Task> Order() => async url => Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(url));
}
