using System.Diagnostics;
using System.Net;

namespace Shop.Tests.InMemory;

public sealed class QueueTests
{
    private const int SpansPerOrder = OrderBodies.SpansPerOrder + 3;
    private const string Notified = "C:process shop-orders(I:notifyCustomer)";

    [Fact]
    public async Task Sending_and_processing_are_spans_by_the_conventions_of_messaging()
    {
        var spans = await OrderAsync(SpansPerOrder);

        Assert.Equal(With($"P:send shop-orders({Notified})"), SpanTree.Write(spans));
        var send = spans.Single(span => span.Kind == ActivityKind.Producer);
        var process = spans.Single(span => span.Kind == ActivityKind.Consumer);
        foreach (var (span, operation) in (IEnumerable<(Activity, string)>)[(send, "send"), (process, "process")])
        {
            Assert.Equal("kafka", span.GetTagItem("messaging.system"));
            Assert.Equal(operation, span.GetTagItem("messaging.operation.name"));
            Assert.Equal(operation, span.GetTagItem("messaging.operation.type"));
            Assert.Equal("shop-orders", span.GetTagItem("messaging.destination.name"));
            Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        }

        Assert.Equal("order-17", send.GetTagItem("messaging.message.id"));
        Assert.Equal("order-17", spans.Single(span => span.DisplayName == "notifyCustomer").GetTagItem("order.id"));
    }

    [Fact]
    public async Task The_consumer_can_be_a_trace_of_its_own_that_links_to_the_producer()
    {
        var spans = await OrderAsync(SpansPerOrder, ("SHOP_QUEUE_CONSUMER", "link"));

        Assert.Equal([With("P:send shop-orders"), Notified], spans.GroupBy(span => span.TraceId).Select(SpanTree.Write).Order(StringComparer.Ordinal).Reverse());
        var link = Assert.Single(spans.Single(span => span.Kind == ActivityKind.Consumer).Links);
        Assert.Equal(spans.Single(span => span.Kind == ActivityKind.Producer).Context.SpanId, link.Context.SpanId);
    }

    [Theory]
    [InlineData("propagate", "I:notifyCustomer", null)]
    [InlineData("none", null, "I:notifyCustomer")]
    public async Task The_queue_is_traced_as_far_as_asked_for(string boundary, string? below, string? other)
    {
        var spans = await OrderAsync(OrderBodies.SpansPerOrder + 1, ("SHOP_QUEUE_BOUNDARY", boundary));

        Assert.Equal(
            ((string?[])[below is null ? SpanTree.OfAGoodOrder : With(below), other]).OfType<string>().Order(StringComparer.Ordinal),
            spans.GroupBy(span => span.TraceId).Select(SpanTree.Write).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Automatic_instrumentation_alone_sees_nothing_of_the_queue()
    {
        var spans = await OrderAsync(7, ("SHOP_INSTRUMENTATION", "auto"));

        Assert.DoesNotContain(spans, span => span.DisplayName.Contains("shop-orders", StringComparison.Ordinal));
    }

    private static string With(string last) => $"{SpanTree.OfAGoodOrder[..^2]} {last}))";

    private static async Task<IReadOnlyList<Activity>> OrderAsync(int spanCount, params (string Name, string Value)[] variables)
    {
        await using var shop = ShopUnderTest.Start([("SHOP_QUEUE", "kafka"), .. variables]);
        using var answer = await shop.PostAsync(OrderBodies.Good("order-17"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await shop.SpansAsync(spanCount);
    }
}
