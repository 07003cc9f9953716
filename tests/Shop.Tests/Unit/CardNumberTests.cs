using Shop.Redaction;

namespace Shop.Tests.Unit;

public sealed class CardNumberTests
{
    // Test numbers that card networks and gateways publish for this purpose.
    [Theory]
    [InlineData("4111111111111111", "4111111111111111")]
    [InlineData("4111 1111 1111 1111", "4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("pay with 5555555555554444 please", "5555555555554444")]
    [InlineData("3782 822463 10005 (amex)", "3782 822463 10005")]
    [InlineData("card=4222222222222&x=1", "4222222222222")]
    [InlineData("4111 1111 1111 1111 12/27", "4111 1111 1111 1111")]
    [InlineData("flat 12 4111 1111 1111 1111", "4111 1111 1111 1111")]
    [InlineData("6011000990139424", "6011000990139424")]
    public void A_card_number_is_found(string text, string number) =>
        Assert.Equal(number, text[Assert.NotNull(CardNumbers.Find(text, 0))]);

    [Theory]
    [InlineData("")]
    [InlineData("4111111111111112")]
    [InlineData("1700000000008")]
    [InlineData("411111111111")]
    [InlineData("41111111111111111111111111")]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    [InlineData("a4111111111111111")]
    [InlineData("4111111111111111_1")]
    [InlineData("4111  1111 1111 1111")]
    [InlineData("4111.1111.1111.1111")]
    public void Other_digits_are_left_alone(string text) => Assert.Null(CardNumbers.Find(text, 0));
}
