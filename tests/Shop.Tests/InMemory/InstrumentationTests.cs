using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace Shop.Tests.InMemory;

public sealed class InstrumentationTests
{
    private const string Manual = "I:processOrder(I:validateInventory I:calculateShipping I:processPayment)";

    private const string Automatic =
        "S:POST /orders(C:POST(S:POST /shop.inventory.v1.Stock/Check) C:POST(S:POST /shipping/quote) C:POST(S:POST /payments/charge))";

    [Theory]
    [InlineData("none", 0, "")]
    [InlineData("auto", 7, Automatic)]
    [InlineData("manual", 4, Manual)]
    [InlineData("both", 11, SpanTree.OfAGoodOrder)]
    public async Task An_order_leaves_the_spans_of_those_who_may_write_and_they_hang_together(string instrumentation, int count, string tree)
    {
        await using var shop = ShopUnderTest.Start(("SHOP_INSTRUMENTATION", instrumentation));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(shop.Services.GetService<TracerProvider>());

        var spans = await shop.SpansAsync(count);

        Assert.Equal(tree, SpanTree.Write(spans));
        Assert.True(spans.Select(span => span.TraceId).Distinct().Count() <= 1);
    }

    [Theory]
    [InlineData("01", 4)]
    [InlineData("00", 0)]
    public async Task The_shops_own_spans_alone_continue_the_callers_trace_and_decision(string flags, int count)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        const string Parent = "b7ad6b7169203331";
        await using var shop = ShopUnderTest.Start(("SHOP_INSTRUMENTATION", "manual"));
        using var answer = await shop.PostAsync(OrderBodies.Good(), ("traceparent", $"00-{Trace}-{Parent}-{flags}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var spans = await shop.SpansAsync(4);

        Assert.Equal(count, spans.Count);
        Assert.All(spans, span => Assert.Equal(Trace, span.TraceId.ToHexString()));
        Assert.Equal(count == 0 ? 0 : 1, spans.Count(span => span.ParentSpanId.ToHexString() == Parent));
    }
}
