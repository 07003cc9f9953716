using Shop.Redaction;

namespace Shop.Tests.Unit;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("jane@example.com", "jane@example.com")]
    [InlineData("Write to <jane.doe+shop@mail.example.co.uk>.", "jane.doe+shop@mail.example.co.uk")]
    [InlineData("ask jane@example.com.", "jane@example.com")]
    [InlineData("/login?user=jane%40example.com&next=/", "jane%40example.com")]
    [InlineData("'jane@example.com'", "jane@example.com")]
    [InlineData("mailto:jane@example.com", "jane@example.com")]
    [InlineData("a@b, then jane@example.com", "jane@example.com")]
    [InlineData("jürgen@müller.de", "jürgen@müller.de")]
    public void An_address_is_found(string text, string address) =>
        Assert.Equal(address, text[Assert.NotNull(EmailAddresses.Find(text, 0))]);

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("@example.com")]
    [InlineData("jane@")]
    [InlineData("jane@localhost")]
    [InlineData("user@10.0.0.1")]
    [InlineData("jane at example.com")]
    [InlineData("price@4.50")]
    public void Other_text_is_left_alone(string text) => Assert.Null(EmailAddresses.Find(text, 0));
}
