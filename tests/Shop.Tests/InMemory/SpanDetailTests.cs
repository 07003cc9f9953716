using System.Diagnostics;
using System.Net;

namespace Shop.Tests.InMemory;

public sealed class SpanDetailTests
{
    private static readonly string[] Steps = ["processOrder", "validateInventory", "calculateShipping", "processPayment"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public async Task Each_of_the_shops_own_spans_has_as_many_attributes_as_asked_for(int count)
    {
        var own = await OwnSpansAsync(("SHOP_SPAN_FACTS", $"{count}"), ("SHOP_SPAN_FACT_LENGTH", "40"));

        Assert.All(own, span => Assert.Equal(count, span.TagObjects.Count()));
        Assert.All(own, span => Assert.Empty(span.Events));
        var madeUp = own.SelectMany(span => span.TagObjects).Where(tag => tag.Key.StartsWith("shop.fact.", StringComparison.Ordinal)).ToArray();
        Assert.All(madeUp, tag => Assert.Equal(40, ((string)tag.Value!).Length));
        Assert.All(own, span => Assert.Equal(count > 0, span.GetTagItem("order.id") is not null));
    }

    [Fact]
    public async Task The_same_facts_can_be_events_each_with_one_attribute()
    {
        var own = await OwnSpansAsync(("SHOP_SPAN_FACTS", "20"), ("SHOP_SPAN_FACTS_AS", "events"));

        Assert.All(own, span => Assert.Empty(span.TagObjects));
        Assert.All(own, span => Assert.Equal(20, span.Events.Count()));
        Assert.All(own.SelectMany(span => span.Events), one => Assert.Equal(one.Name, Assert.Single(one.Tags).Key));
        Assert.Equal("order-17", own[0].Events.First().Tags.First().Value);
    }

    [Fact]
    public async Task Without_recorded_exceptions_a_failure_still_shows_in_the_status()
    {
        await using var shop = ShopUnderTest.Start(("SHOP_SPAN_EXCEPTIONS", "false"));
        using var answer = await shop.PostAsync(OrderBodies.With(paymentMethod: "declined_card"));
        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);

        var failed = Assert.Single(await shop.SpansAsync(OrderBodies.SpansPerOrder), span => span.DisplayName == "processPayment");

        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal("Shop.Downstream.RejectedException", failed.GetTagItem("error.type"));
        Assert.Empty(failed.Events);
    }

    [Fact]
    public async Task A_gateway_that_fails_is_a_bad_gateway_and_seen_in_the_spans_of_both_sides()
    {
        await using var shop = ShopUnderTest.Start(("SHOP_PAYMENT_FAILURE_RATIO", "1"), ("SHOP_PAYMENT_LATENCY_MS", "5"));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);

        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(spans));
        Assert.Equal(
            ["POST", "POST /orders", "POST /payments/charge", "processOrder", "processPayment"],
            spans.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.DisplayName).Order(StringComparer.Ordinal));
    }

    private static async Task<Activity[]> OwnSpansAsync(params (string Name, string Value)[] variables)
    {
        await using var shop = ShopUnderTest.Start(variables);
        using var answer = await shop.PostAsync(OrderBodies.Good("order-17"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);
        return [.. Steps.Select(step => Assert.Single(spans, span => span.DisplayName == step))];
    }
}
