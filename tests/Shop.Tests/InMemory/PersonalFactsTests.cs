using System.Net;

namespace Shop.Tests.InMemory;

public sealed class PersonalFactsTests
{
    private const string Email = "jane.doe@example.com";
    private const string Card = "4111 1111 1111 1111";
    private const string Name = "Jane Doe";
    private const string Phone = "+1 202 555 0100";

    private static readonly (string Name, string Value) Careless = ("SHOP_SPAN_PERSONAL", "true");

    [Fact]
    public async Task Careless_code_records_who_the_customer_is() =>
        Assert.Equal([Email, Card, Name, Phone], await LeakedAsync(Careless));

    [Fact]
    public async Task Nobody_is_recorded_unless_asked_for() => Assert.Empty(await LeakedAsync());

    // What no pattern knows leaks until somebody names the attribute.
    [Theory]
    [InlineData("remove")]
    [InlineData("hash")]
    public async Task Redaction_by_pattern_finds_addresses_and_cards_but_no_names_and_phones(string mode) =>
        Assert.Equal([Name, Phone], await LeakedAsync(Careless, ("SHOP_REDACTION", mode)));

    [Fact]
    public async Task Redaction_by_name_finds_what_has_a_name_of_its_own() =>
        Assert.Empty(await LeakedAsync(Careless, ("SHOP_REDACTION", "remove"), ("SHOP_REDACTION_KEYS", "user.*"), ("SHOP_REDACTION_PATTERN", @"\+?[0-9][0-9 ]{8,}|Jane Doe")));

    [Fact]
    public async Task A_name_in_free_text_leaks_although_its_own_attribute_is_gone() =>
        Assert.Equal([Name], await LeakedAsync(Careless, ("SHOP_REDACTION", "remove"), ("SHOP_REDACTION_KEYS", "user.*")));

    private static async Task<IReadOnlyList<string>> LeakedAsync(params (string Name, string Value)[] variables)
    {
        await using var shop = ShopUnderTest.Start(variables);
        var order = new
        {
            userTier = "vip",
            paymentMethod = "card",
            items = new[] { new { sku = "SKU-0003", quantity = 1 } },
            customer = new { name = Name, email = Email, phone = Phone, cardNumber = Card, note = $"Ring {Name}, or write to {Email}. Card {Card}." },
        };
        using var answer = await shop.PostAsync(order);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = string.Join('\n', (await shop.SpansAsync(OrderBodies.SpansPerOrder)).SelectMany(span => span.TagObjects).Select(tag => tag.Value));
        return [.. new[] { Email, Card, Name, Phone }.Where(secret => text.Contains(secret, StringComparison.Ordinal))];
    }
}
