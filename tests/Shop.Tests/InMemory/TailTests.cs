using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shop.Sampling;
using Shop.Tracing;

namespace Shop.Tests.InMemory;

/// <summary>Tail sampling inside the service: the exporter's memory holds what was kept.</summary>
public sealed class TailTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Only_the_failed_order_is_exported_and_all_of_it()
    {
        await using var shop = Start("0");
        await PostAsync(shop, HttpStatusCode.OK, OrderBodies.Good());
        await PostAsync(shop, HttpStatusCode.PaymentRequired, OrderBodies.With(paymentMethod: "declined_card"));
        await PostAsync(shop, HttpStatusCode.OK, OrderBodies.Good());

        var kept = await KeptAsync(shop, 3 * OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(kept));
        Assert.Single(kept, span => span.DisplayName == "processPayment" && span.Status == ActivityStatusCode.Error);
        Assert.Equal(OrderBodies.SpansPerOrder, shop.Ledger.Read().Sampled);
        Assert.Equal(2 * OrderBodies.SpansPerOrder, shop.Ledger.Read().Dropped);
    }

    // A timer may fire a few milliseconds before its time: the order takes a second more than the bound, not just as long.
    [Fact]
    public async Task An_order_that_takes_long_is_exported_and_a_quick_one_is_not()
    {
        await using var shop = Start("0", ("SHOP_TAIL_SLOWER_THAN_MS", "4000"), ("SHOP_INVOICE_LATENCY_MS", "5000"));
        await PostAsync(shop, HttpStatusCode.OK, OrderBodies.Good());
        await PostAsync(shop, HttpStatusCode.OK, OrderBodies.With(paymentMethod: "invoice"));

        var kept = await KeptAsync(shop, 2 * OrderBodies.SpansPerOrder);

        Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(kept));
    }

    [Fact]
    public async Task Every_order_is_exported_when_the_share_is_all()
    {
        const int OrderCount = 20;
        await using var shop = Start("1");
        await Task.WhenAll(Enumerable.Range(0, OrderCount).Select(_ => PostAsync(shop, HttpStatusCode.OK, OrderBodies.Good())));

        var kept = await KeptAsync(shop, OrderCount * OrderBodies.SpansPerOrder);

        Assert.All(kept.GroupBy(span => span.TraceId), trace => Assert.Equal(SpanTree.OfAGoodOrder, SpanTree.Write(trace)));
        Assert.Equal(OrderCount * OrderBodies.SpansPerOrder, kept.Count);
    }

    [Fact]
    public async Task Readiness_checks_are_not_held_back()
    {
        await using var shop = Start("1");
        using var health = await shop.Client.GetAsync(new Uri("/health", UriKind.Relative));
        await PostAsync(shop, HttpStatusCode.OK, OrderBodies.Good());

        Assert.Equal(OrderBodies.SpansPerOrder, (await KeptAsync(shop, OrderBodies.SpansPerOrder + 1)).Count);
        Assert.Equal(0, shop.Services.GetRequiredService<TailSamplingProcessor>().BufferedTraceCount);
    }

    private static ShopUnderTest Start(string share, params (string Name, string Value)[] more) =>
        ShopUnderTest.Start([("OTEL_TRACES_EXPORTER", "in-memory"), ("SHOP_TAIL_SHARE", share), .. more]);

    private static async Task PostAsync(ShopUnderTest shop, HttpStatusCode expected, object order)
    {
        using var answer = await shop.PostAsync(order);
        Assert.Equal(expected, answer.StatusCode);
    }

    // A server span ends only after its answer is on the way: done is when every span was either kept or left out.
    private static async Task<IReadOnlyList<Activity>> KeptAsync(ShopUnderTest shop, int startedCount)
    {
        var kept = shop.Services.GetRequiredService<RecentSpans>();
        var processor = shop.Services.GetRequiredService<TailSamplingProcessor>();
        var waited = Stopwatch.StartNew();
        while (processor.BufferedTraceCount > 0 || kept.AddedCount + shop.Ledger.Read().Dropped < startedCount)
        {
            Assert.True(waited.Elapsed < Limit, $"{kept.AddedCount} spans kept and {shop.Ledger.Read().Dropped} dropped of {startedCount}; {processor.BufferedTraceCount} traces are held.");
            Assert.True(shop.Services.GetRequiredService<TracerProvider>().ForceFlush((int)Limit.TotalMilliseconds));
            await Task.Delay(10);
        }

        Assert.Equal(startedCount, shop.Ledger.Read().Started);
        return [.. kept];
    }
}
