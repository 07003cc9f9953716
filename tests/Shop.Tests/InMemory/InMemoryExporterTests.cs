using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shop.Tracing;

namespace Shop.Tests.InMemory;

public sealed class InMemoryExporterTests
{
    [Theory]
    [InlineData("simple")]
    [InlineData("batch")]
    public async Task Spans_stay_in_the_process_and_only_the_last_ones_stay(string processor)
    {
        // More than the 2,048 spans that are kept: 200 orders make 2,200.
        const int OrderCount = 200;
        await using var shop = ShopUnderTest.Start(
            ("OTEL_TRACES_EXPORTER", "in-memory"),
            ("SHOP_SPAN_PROCESSOR", processor),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "4000"),
            ("OTEL_BSP_SCHEDULE_DELAY", "600000"));
        for (var order = 0; order < OrderCount; order++)
        {
            using var answer = await shop.PostAsync(OrderBodies.Good());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await shop.SpansAsync(OrderCount * OrderBodies.SpansPerOrder);

        var kept = shop.Services.GetRequiredService<RecentSpans>();
        Assert.True(shop.Services.GetRequiredService<TracerProvider>().ForceFlush(60_000));
        Assert.Equal(OrderCount * OrderBodies.SpansPerOrder, kept.AddedCount);
        Assert.Equal(2048, kept.Count);
        Assert.Equal(2048, kept.Select(span => span.SpanId).Distinct().Count());
    }
}
