using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shop.Tracing;

namespace Shop.Tests.InMemory;

public sealed class DisabledSdkTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("TRUE")]
    public async Task A_disabled_sdk_is_not_there_at_all(string value)
    {
        await using var shop = ShopUnderTest.Start(("OTEL_SDK_DISABLED", value), ("OTEL_TRACES_SAMPLER", "always_on"));
        using var answer = await shop.PostAsync(OrderBodies.Good());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(shop.Services.GetServices<TracerProvider>());
        Assert.False(ShopActivitySource.Source.HasListeners());
        Assert.Null(ShopActivitySource.Source.StartActivity("anything"));
        Assert.False(shop.Ledger.HasInstrument);
    }
}
