using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Shop.Tests.InMemory;

public sealed class FailureTests
{
    [Theory]
    [InlineData("SKU-SOLD-OUT", "out_of_stock")]
    [InlineData("SKU-9999", "unknown_sku")]
    public async Task Goods_that_are_missing_end_the_order_at_the_first_step(string sku, string error)
    {
        await using var shop = ShopUnderTest.Start();
        using var answer = await shop.PostAsync(OrderBodies.With(sku: sku));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var spans = await shop.SpansAsync(5);

        Assert.Equal("S:POST /orders(I:processOrder(I:validateInventory(C:POST(S:POST /shop.inventory.v1.Stock/Check))))", SpanTree.Write(spans));
        AssertFailed(spans, "validateInventory", "Shop.Downstream.RejectedException");
        Assert.Equal(ActivityStatusCode.Unset, Single(spans, "POST /orders").Status);
    }

    [Fact]
    public async Task A_declined_card_ends_the_order_at_the_last_step()
    {
        await using var shop = ShopUnderTest.Start();
        using var answer = await shop.PostAsync(OrderBodies.With(paymentMethod: "declined_card"));
        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);

        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(spans));
        AssertFailed(spans, "processPayment", "Shop.Downstream.RejectedException");
        Assert.Equal(ActivityStatusCode.Unset, Single(spans, "calculateShipping").Status);
    }

    [Fact]
    public async Task A_service_that_is_gone_is_a_bad_gateway_and_seen_in_every_span_above_it()
    {
        // Bound and never listening: the port refuses connections and nobody else can take it.
        using var gone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        gone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var shop = ShopUnderTest.Start(("SHOP_PAYMENTS_URL", $"http://{gone.LocalEndPoint}"));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);

        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder - 1);

        AssertFailed(spans, "processPayment", "Shop.Downstream.DownstreamException");
        Assert.Equal(ActivityStatusCode.Error, Single(spans, "POST /orders").Status);
        Assert.Single(spans, span => span.Kind == ActivityKind.Client && span.Status == ActivityStatusCode.Error);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(404, "")]
    [InlineData(200, "null")]
    [InlineData(200, "{")]
    [InlineData(409, "")]
    public async Task A_service_that_answers_nonsense_is_a_bad_gateway(int status, string body)
    {
        await using var broken = await StandInService.StartAsync(status, body);
        await using var shop = ShopUnderTest.Start(("SHOP_SHIPPING_URL", broken.Url));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);

        // The stand-in runs in this process too, so its server span is among them.
        AssertFailed(await shop.SpansAsync(8), "calculateShipping", "Shop.Downstream.DownstreamException");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"userTier":"gold","paymentMethod":"card","items":[{"sku":"SKU-0001","quantity":1}]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"cash","items":[{"sku":"SKU-0001","quantity":1}]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":[]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":[null]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":[{"sku":"SKU-0001","quantity":0}]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":[{"sku":"SKU-0001","quantity":1001}]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":[{"quantity":1}]}""")]
    [InlineData("""{"userTier":"vip","paymentMethod":"card","items":"all"}""")]
    public async Task A_body_that_makes_no_sense_is_a_bad_request_and_starts_no_work(string body)
    {
        await using var shop = ShopUnderTest.Start();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await shop.Client.PostAsync(new Uri("/orders", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        Assert.Equal("S:POST /orders", SpanTree.Write(await shop.SpansAsync(1)));
    }

    private static void AssertFailed(IReadOnlyList<Activity> spans, string step, string exceptionType)
    {
        var failed = Single(spans, step);
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.NotEmpty(failed.StatusDescription ?? string.Empty);
        Assert.Equal(exceptionType, failed.GetTagItem("error.type"));
        var recorded = Assert.Single(failed.Events);
        Assert.Equal("exception", recorded.Name);
        Assert.Contains(recorded.Tags, tag => tag.Key == "exception.type" && exceptionType.Equals(tag.Value));

        var order = Single(spans, "processOrder");
        Assert.Equal(ActivityStatusCode.Error, order.Status);
        Assert.Empty(order.Events);
    }

    private static Activity Single(IEnumerable<Activity> spans, string name) => Assert.Single(spans, span => span.DisplayName == name);
}
