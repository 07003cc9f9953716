using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shop.Tests.OutOfProcess;

/// <summary>The whole journey of an order with real clients and real brokers, as it is seen at the collector.</summary>
/// <param name="rabbit">RabbitMQ, where there is one.</param>
public sealed class JourneyTests(RabbitMqFixture rabbit) : IClassFixture<RabbitMqFixture>
{
    private const string Queue = "journey";

    // Child and parent; what has no parent in the same trace stands alone.
    private static readonly string[] Journey =
    [
        "POST < calculateShipping",
        "POST < processPayment",
        "POST < validateInventory",
        "POST /orders",
        "POST /payments/charge < POST",
        "POST /shipping/quote < POST",
        "POST /shop.inventory.v1.Stock/Check < POST",
        "calculateShipping < processOrder",
        "notifyCustomer < process journey",
        "process journey < send journey",
        "processOrder < POST /orders",
        "processPayment < processOrder",
        "send journey < processOrder",
        "validateInventory < processOrder",
    ];

    // The other side of each boundary.
    private static readonly string[] Entries = ["POST /orders", "POST /payments/charge", "POST /shipping/quote", "POST /shop.inventory.v1.Stock/Check", "process journey"];

    public static TheoryData<string, bool, string?> Journeys => new(
        from broker in (string[])["kafka", "rabbitmq"]
        from isOneProcess in (bool[])[true, false]
        from propagators in (string?[])[null, "b3", "none"]
        select (broker, isOneProcess, propagators));

    [Theory]
    [MemberData(nameof(Journeys))]
    public async Task An_order_is_one_trace_across_all_boundaries_unless_nothing_is_propagated(string broker, bool isOneProcess, string? propagators)
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var fleet = await Fleet.StartAsync(isOneProcess, broker == "kafka" ? "kafka" : await rabbit.AddressAsync(), Variables(receiver, propagators));
        Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(fleet.Url));
        await NotifiedAsync(fleet.NotificationsUrl, 1);
        await fleet.StopAsync();

        var spans = receiver.Spans;
        var traces = spans.Select(span => span.Trace).Distinct(StringComparer.Ordinal).Count();
        Assert.Equal((propagators == "none" ? Cut(Journey) : Journey).Order(StringComparer.Ordinal), Shape(spans));
        Assert.Equal(propagators == "none" ? Entries.Length : 1, traces);
        Assert.Equal(
            isOneProcess ? ["shop"] : ["shop-inventory", "shop-notifications", "shop-orders", "shop-payments", "shop-shipping"],
            spans.Select(span => span.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("rabbitmq")]
    public async Task The_time_from_order_to_notification_is_told(string broker)
    {
        await using var fleet = await Fleet.StartAsync(
            isOneProcess: true,
            broker == "kafka" ? "kafka" : await rabbit.AddressAsync(),
            ("OTEL_SDK_DISABLED", "true"),
            ("SHOP_QUEUE_NAME", $"times-{Guid.NewGuid():N}"));
        for (var order = 0; order < 20; order++)
        {
            Assert.Equal(HttpStatusCode.OK, await Customer.OrderAsync(fleet.Url));
        }

        var times = await NotifiedAsync(fleet.Url, 20);

        Assert.Equal(20, times.Count);
        Assert.True(times.P50Seconds > 0 && times.P50Seconds <= times.P90Seconds && times.P90Seconds <= times.P99Seconds);

        // Quantiles are the upper edges of buckets of at most 1/32 of their lower edge.
        Assert.True(times.P99Seconds <= times.LongestSeconds * (1 + (1 / 32.0)) + 1e-6);
        await fleet.StopAsync();
    }

    private static Task<NotificationTimesAnswer> NotifiedAsync(string url, long count) => Customer.NotifiedAsync(url, count);

    private static (string Name, string Value)[] Variables(OtlpReceiver receiver, string? propagators) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("SHOP_QUEUE_NAME", Queue),
        ("OTEL_PROPAGATORS", propagators ?? string.Empty),
    ];

    private static IEnumerable<string> Shape(IReadOnlyList<OtlpSpan> spans) => spans
        .Select(span => spans.SingleOrDefault(parent => parent.Trace == span.Trace && parent.Id == span.Parent) is { } parent ? $"{span.Name} < {parent.Name}" : span.Name)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Cut(IEnumerable<string> journey) =>
        journey.Select(line => line.Split(" < ")[0] is var name && Entries.Contains(name, StringComparer.Ordinal) ? name : line);
}
