using System.Diagnostics;
using System.Net;

namespace Shop.Tests.InMemory;

public sealed class PropagationTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";
    private const string Quote = """{"cost":1}""";

    [Theory]
    [InlineData("tracecontext,baggage", "traceparent", "00-" + Trace + "-" + Parent + "-01")]
    [InlineData("baggage,tracecontext", "traceparent", "00-" + Trace + "-" + Parent + "-01")]
    [InlineData("tracecontext", "traceparent", "00-" + Trace + "-" + Parent + "-01")]
    [InlineData("b3", "b3", Trace + "-" + Parent + "-1")]
    [InlineData("b3,tracecontext", "b3", Trace + "-" + Parent + "-1")]
    public async Task Every_format_carries_one_trace_from_the_caller_through_all_services(string formats, string header, string value)
    {
        await using var shop = ShopUnderTest.Start(("OTEL_PROPAGATORS", formats));
        using var answer = await shop.PostAsync(OrderBodies.Good(), (header, value));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(spans));
        Assert.All(spans, span => Assert.Equal(Trace, span.TraceId.ToHexString()));
        Assert.Single(spans, span => span.ParentSpanId.ToHexString() == Parent);
    }

    [Fact]
    public async Task B3_in_several_headers_carries_one_trace()
    {
        await using var shop = ShopUnderTest.Start(("OTEL_PROPAGATORS", "b3multi"));
        using var answer = await shop.PostAsync(OrderBodies.Good(), ("X-B3-TraceId", Trace), ("X-B3-SpanId", Parent), ("X-B3-Sampled", "0"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // The caller does not sample, and the default sampler does as the caller does.
        Assert.Empty(await shop.SpansAsync(OrderBodies.SpansPerOrder));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("baggage")]
    public async Task Without_a_format_for_the_trace_every_service_begins_its_own(string formats)
    {
        await using var shop = ShopUnderTest.Start(("OTEL_PROPAGATORS", formats));
        using var answer = await shop.PostAsync(OrderBodies.Good(), ("traceparent", $"00-{Trace}-{Parent}-01"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var traces = (await shop.SpansAsync(OrderBodies.SpansPerOrder)).GroupBy(span => span.TraceId).ToArray();

        Assert.Equal(
            [
                "S:POST /orders(I:processOrder(I:validateInventory(C:POST) I:calculateShipping(C:POST) I:processPayment(C:POST)))",
                "S:POST /payments/charge",
                "S:POST /shipping/quote",
                "S:POST /shop.inventory.v1.Stock/Check",
            ],
            traces.Select(SpanTree.Write).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(traces, trace => trace.Key.ToHexString() == Trace);
    }

    [Theory]
    [InlineData(null, "false", "traceparent")]
    [InlineData("tracecontext", "false", "traceparent")]
    [InlineData("b3", "false", "b3")]
    [InlineData("none", "false", null)]
    [InlineData(null, "true", "traceparent")]
    [InlineData("none", "true", null)]
    public async Task The_headers_on_the_wire_are_those_of_the_chosen_format(string? formats, string isDisabled, string? header)
    {
        string[] all = ["traceparent", "tracestate", "baggage", "b3", "X-B3-TraceId", "Request-Id", "Correlation-Context"];
        await using var shipping = await StandInService.StartAsync(200, Quote);
        await using var shop = ShopUnderTest.Start(
            ("SHOP_SHIPPING_URL", shipping.Url),
            ("OTEL_SDK_DISABLED", isDisabled),
            ("OTEL_PROPAGATORS", formats ?? string.Empty));
        using var answer = await shop.PostAsync(OrderBodies.Good());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.True(shipping.Requests.TryDequeue(out var request));
        Assert.Equal(header is null ? [] : [header], all.Where(request.ContainsKey));
    }

    [Theory]
    [InlineData("tracecontext", false)]
    [InlineData("tracecontext,baggage", true)]
    public async Task Baggage_is_passed_on_only_when_asked_for(string formats, bool isPassedOn)
    {
        await using var shipping = await StandInService.StartAsync(200, Quote);
        await using var shop = ShopUnderTest.Start(("SHOP_SHIPPING_URL", shipping.Url), ("OTEL_PROPAGATORS", formats));
        using var answer = await shop.PostAsync(OrderBodies.Good(), ("baggage", "campaign=autumn"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.True(shipping.Requests.TryDequeue(out var request));
        Assert.Equal(isPassedOn ? "campaign=autumn" : null, request.GetValueOrDefault("baggage"));
        Assert.All(await shop.SpansAsync(OrderBodies.SpansPerOrder), span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }
}
