using System.Net;

namespace Shop.Tests.InMemory;

public sealed class SamplerTests
{
    // At a ratio of 0.1, none of 200 orders is sampled once in 0.9^-200 = 1.4e9 runs, and all of them never.
    private const int OrderCount = 200;

    [Theory]
    [InlineData("always_on", null, OrderCount, OrderCount)]
    [InlineData("always_off", null, 0, 0)]
    [InlineData("traceidratio", "0", 0, 0)]
    [InlineData("traceidratio", "0.1", 1, OrderCount - 1)]
    [InlineData("traceidratio", "1", OrderCount, OrderCount)]
    [InlineData("parentbased_always_on", null, OrderCount, OrderCount)]
    [InlineData("parentbased_always_off", null, 0, 0)]
    [InlineData("parentbased_traceidratio", "0", 0, 0)]
    [InlineData("parentbased_traceidratio", "0.1", 1, OrderCount - 1)]
    [InlineData("parentbased_traceidratio", "1", OrderCount, OrderCount)]
    [InlineData(null, null, OrderCount, OrderCount)]
    public async Task Every_sampled_order_is_one_complete_trace_and_the_ledger_balances(string? sampler, string? argument, int atLeast, int atMost)
    {
        await using var shop = ShopUnderTest.Start(Variables(sampler, argument));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var order = 0; order < OrderCount / 4; order++)
            {
                using var answer = await shop.PostAsync(OrderBodies.Good());
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }));

        var spans = await shop.SpansAsync(OrderCount * OrderBodies.SpansPerOrder);

        var traces = spans.GroupBy(span => span.TraceId).ToArray();
        Assert.InRange(traces.Length, atLeast, atMost);
        Assert.All(traces, trace => Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(trace)));
        Assert.Equal(traces.Length * OrderBodies.SpansPerOrder, shop.Ledger.Read().Sampled);
        Assert.Equal(0, shop.Ledger.Read().RecordedOnly);
    }

    [Theory]
    [InlineData("always_on", null, "00", true)]
    [InlineData("always_off", null, "01", false)]
    [InlineData("parentbased_always_on", null, "00", false)]
    [InlineData("parentbased_always_on", null, "01", true)]
    [InlineData("parentbased_always_off", null, "00", false)]
    [InlineData("parentbased_always_off", null, "01", true)]
    [InlineData("parentbased_traceidratio", "0", "01", true)]
    [InlineData("parentbased_traceidratio", "1", "00", false)]
    [InlineData("traceidratio", "1", "00", true)]
    [InlineData("traceidratio", "0", "01", false)]
    public async Task A_caller_that_traces_is_honoured_as_the_sampler_says(string sampler, string? argument, string flags, bool isSampled)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        const string Parent = "b7ad6b7169203331";
        await using var shop = ShopUnderTest.Start(Variables(sampler, argument));

        using var answer = await shop.PostAsync(OrderBodies.Good(), ("traceparent", $"00-{Trace}-{Parent}-{flags}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);
        if (!isSampled)
        {
            Assert.Empty(spans);
            return;
        }

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(spans));
        Assert.All(spans, span => Assert.Equal(Trace, span.TraceId.ToHexString()));
        Assert.Single(spans, span => span.ParentSpanId.ToHexString() == Parent);
    }

    [Fact]
    public async Task Readiness_checks_leave_no_span_and_no_debt_in_the_ledger()
    {
        await using var shop = ShopUnderTest.Start(("OTEL_TRACES_SAMPLER", "always_on"));
        using var health = await shop.Client.GetAsync(new Uri("/health", UriKind.Relative));
        using var answer = await shop.PostAsync(OrderBodies.Good());

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder + 1);
        Assert.Equal(OrderBodies.SpansPerOrder, spans.Count);
        Assert.Equal(1, shop.Ledger.Read().Dropped);
        Assert.DoesNotContain(spans, span => span.DisplayName.Contains("health", StringComparison.Ordinal));
    }

    private static (string Name, string Value)[] Variables(string? sampler, string? argument)
    {
        var variables = new List<(string, string)>();
        if (sampler is not null)
        {
            variables.Add(("OTEL_TRACES_SAMPLER", sampler));
        }

        if (argument is not null)
        {
            variables.Add(("OTEL_TRACES_SAMPLER_ARG", argument));
        }

        return [.. variables];
    }
}
