using System.Text.RegularExpressions;
using PerfLab.Collector.PersonalData;

namespace PerfLab.Collector.Tests;

public sealed class PersonalTextTests
{
    private static readonly PersonalDataDetector s_texts = new([new PersonalDataRegex("customer number", new Regex("C-[0-9]{6}", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)))]);

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("Order of Ada.Lovelace+shop@mail.example.co.uk, paid")]
    [InlineData("<ada@example.com>")]
    [InlineData("mailto:ada@example.com.")]
    [InlineData("zoë@exämple.org")]
    public void E_mail_addresses_are_found(string text) => Assert.Equal([PersonalDataDetector.Email], s_texts.KindsIn(text));

    [Theory]
    [InlineData("4111 1111 1111 1111")] // The test numbers that card networks publish.
    [InlineData("card=5555555555554444;")]
    [InlineData("378282246310005")]
    [InlineData("6011-1111-1111-1117")]
    [InlineData("3530111333300000")]
    [InlineData("30569309025904")]
    [InlineData("2223003122003222")]
    [InlineData("4111 1111 1111 1111 12/27 123")]
    public void Card_numbers_are_found(string text) => Assert.Equal([PersonalDataDetector.Card], s_texts.KindsIn(text));

    [Theory]
    [InlineData("Bearer mF_9.B5f-4.1JqM2vqZ")]
    [InlineData("Authorization: bearer abcdefghijklmnop0123")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r")]
    public void Bearer_tokens_are_found(string text) => Assert.Equal([PersonalDataDetector.Token], s_texts.KindsIn(text));

    [Fact]
    public void Configured_patterns_are_found() => Assert.Equal(["customer number"], s_texts.KindsIn("for C-123456"));

    [Theory]
    [InlineData("")]
    [InlineData("POST /orders")]
    [InlineData("@")]
    [InlineData("a@b")]
    [InlineData("a@b.c")]
    [InlineData("10@127.0.0.1")]
    [InlineData("user@@example.com and @example.com")]
    [InlineData("4111 1111 1111 1112")] // A wrong check digit.
    [InlineData("1792000000000000008")] // A time in nanoseconds: no issuer's digits.
    [InlineData("41111111111111110000000")] // Too long.
    [InlineData("order 41111111-1111-4008-9abc-def012345678 was placed")] // A UUID that begins with 16 digits as a card has them.
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    [InlineData("a4111111111111111b")]
    [InlineData("bearer of bad news")]
    [InlineData("eyJ.a.b")]
    public void What_only_looks_similar_is_left_alone(string text) => Assert.Empty(s_texts.KindsIn(text));

    [Fact]
    public void Names_are_shown_without_what_looks_personal() => Assert.Equal(
        "GET /users/[e-mail address]/cards/[card number]/[customer number]",
        s_texts.Mask("GET /users/ada@example.com/cards/4111111111111111/C-123456"));

    [Fact]
    public void Random_texts_never_break_the_search()
    {
        var random = new Random(3);
        const string alphabet = "a@.-4 1eyJ5bearer C+é\u0000";
        for (var trial = 0; trial < 5000; trial++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var masked = s_texts.Mask(text);

            Assert.Equal(s_texts.KindsIn(text).Count > 0, masked != text);
        }
    }
}
