using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shop.Handicaps;

namespace Shop.Tests.InMemory;

public sealed class HandicapTests
{
    [Fact]
    public async Task A_burdened_order_is_answered_as_any_other_and_waits_as_long_as_it_was_told()
    {
        await using var shop = ShopUnderTest.Start(
            ("SHOP_HANDICAP_CPU_US", "200"),
            ("SHOP_HANDICAP_ALLOC_BYTES", "8000"),
            ("SHOP_HANDICAP_DELAY_US", "20000"),
            ("SHOP_HANDICAP_BURST_EVERY_MS", "50"),
            ("SHOP_HANDICAP_BURST_ALLOC_BYTES", "80000"));
        var clock = Stopwatch.StartNew();

        using var answer = await shop.PostAsync(OrderBodies.Good());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(20));

        // The handicap is outside of the order's own work: the spans are those of any order.
        Assert.Equal(11, (await shop.SpansAsync(11)).Count);
    }

    [Fact]
    public async Task Without_handicaps_nothing_is_added()
    {
        await using var shop = ShopUnderTest.Start();

        Assert.Null(shop.Services.GetService<DelayLine>());
        Assert.Null(shop.Services.GetService<BackgroundBursts>());
    }
}
