using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Shop.Tests.InMemory;

public sealed partial class TraceContentTests
{
    [Fact]
    public async Task The_manual_spans_carry_the_business_attributes()
    {
        await using var shop = ShopUnderTest.Start();
        using var answer = await shop.PostAsync(OrderBodies.Good("order-17"));
        var confirmation = await answer.Content.ReadFromJsonAsync<Confirmation>();
        var spans = await shop.SpansAsync(OrderBodies.SpansPerOrder);

        // SKU-0001: 38.99 and 1,400 g, twice; SKU-0002: 75.99 and 2,700 g: 153.97 and 5,500 g.
        // Shipping of 5.5 kg for premium: (4.90 + 5.5 * 1.20) / 2 = 5.75.
        Assert.Equal(new Confirmation("order-17", 159.72m, 5.75m), confirmation);
        Assert.Equal(
            ["order.id=order-17", "order.item_count=3", "payment.method=card", "user.tier=premium"],
            Tags(spans, "processOrder"));
        Assert.Equal(["order.id=order-17", "order.item_count=3"], Tags(spans, "validateInventory"));
        Assert.Equal(["order.id=order-17", "shipping.cost=5.75", "user.tier=premium"], Tags(spans, "calculateShipping"));
        Assert.Equal(["order.id=order-17", "payment.method=card"], Tags(spans, "processPayment"));
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.All(spans, span => Assert.True(span.Duration > TimeSpan.Zero));
    }

    [Theory]
    [InlineData("jane.doe@example.com")]
    [InlineData("4111 1111 1111 1111")]
    public async Task Nothing_about_a_person_is_in_a_span(string orderId)
    {
        await using var shop = ShopUnderTest.Start();
        var order = new
        {
            userTier = "vip",
            paymentMethod = "card",
            items = new[] { new { sku = "SKU-0003", quantity = 1 } },
            email = "jane.doe@example.com",
            customerName = "Jane Doe",
            cardNumber = "4111111111111111",
        };
        using var answer = await shop.PostAsync(order, ("X-Customer", "jane.doe@example.com"), ("Cookie", "card=4111111111111111"));
        using var refused = await shop.PostAsync(OrderBodies.Good(orderId));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        foreach (var span in await shop.SpansAsync(OrderBodies.SpansPerOrder + 1))
        {
            var text = Everything(span);
            Assert.DoesNotContain("Jane", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(MailAddress(), text);
            Assert.DoesNotMatch(CardNumber(), text);
        }
    }

    private static IEnumerable<string> Tags(IEnumerable<Activity> spans, string name) =>
        Assert.Single(spans, span => span.DisplayName == name).TagObjects
            .Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"))
            .Order(StringComparer.Ordinal);

    private static string Everything(Activity span) => string.Join(
        '\n',
        span.TagObjects.Concat(span.Events.SelectMany(one => one.Tags)).Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(span.Baggage.Select(item => $"{item.Key}={item.Value}"))
            .Append(span.DisplayName)
            .Append(span.StatusDescription)
            .Append(span.TraceStateString));

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"\b\d([ -]?\d){12,18}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CardNumber();

    private sealed record Confirmation(string OrderId, decimal Total, decimal ShippingCost);
}
