using System.Diagnostics;
using System.Text.RegularExpressions;
using Shop.Redaction;
using Shop.Settings;

namespace Shop.Tests.Unit;

public sealed partial class RedactionTests
{
    private static readonly RedactionSettings Removing = new() { Hashes = false, Keys = [], Pattern = null, Secret = [1] };

    [Fact]
    public void Everything_found_in_a_text_is_taken_out_and_the_rest_stays()
    {
        var redaction = new Redactor(Removing with { Pattern = CustomerNumber() });

        Assert.Equal(
            "from [redacted] and [redacted] with [redacted], [redacted]; thanks",
            redaction.Redact("from a@example.com and b@example.com with 4111 1111 1111 1111, C-123; thanks"));
        const string Harmless = "order 17 of 3 pieces";
        Assert.Same(Harmless, redaction.Redact(Harmless));
    }

    [Fact]
    public void A_hash_tells_equal_from_different_and_depends_on_the_secret()
    {
        var redaction = new Redactor(Removing with { Hashes = true });
        var hash = redaction.Redact("4111 1111 1111 1111");

        Assert.Matches(@"^\[hash:[0-9a-f]{16}\]$", hash);
        Assert.Equal(hash, redaction.Redact("4111111111111111"));
        Assert.Equal(redaction.Redact("Jane@Example.com"), redaction.Redact("jane@example.com"));
        Assert.NotEqual(hash, redaction.Redact("5555555555554444"));
        Assert.NotEqual(hash, new Redactor(Removing with { Hashes = true, Secret = [2] }).Redact("4111111111111111"));
    }

    [Theory]
    [InlineData("user.phone", true)]
    [InlineData("User.Phone", true)]
    [InlineData("customer.anything", true)]
    [InlineData("user.phone.type", false)]
    [InlineData("order.id", false)]
    public void Attributes_are_named_in_full_or_by_their_beginning(string key, bool isCovered) =>
        Assert.Equal(isCovered, new Redactor(Removing with { Keys = ["user.phone", "customer.*"] }).Covers(key));

    [Fact]
    public void Every_part_of_a_span_that_can_hold_text_is_redacted()
    {
        using var span = Careless();
        using var processor = new RedactionProcessor(new Redactor(Removing with { Keys = ["user.phone"] }));

        processor.OnEnd(span);

        Assert.Equal("GET /users/[redacted]", span.DisplayName);
        Assert.Equal("no [redacted]", span.StatusDescription);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(
            new Dictionary<string, object?> { ["mail"] = "[redacted]", ["list"] = (string[])["[redacted]", "b"], ["card"] = "[redacted]", ["count"] = 3, ["sum"] = 12L },
            span.TagObjects.ToDictionary());
        Assert.Equal("a [redacted] b", Assert.Single(Assert.Single(span.Events).Tags, tag => tag.Key == "exception.message").Value);
        Assert.Equal("[redacted]", Assert.Single(Assert.Single(span.Links).Tags!).Value);
    }

    [Fact]
    public void A_hashed_attribute_stays_under_its_name()
    {
        using var span = Careless();
        using var processor = new RedactionProcessor(new Redactor(Removing with { Hashes = true, Keys = ["user.phone"] }));

        processor.OnEnd(span);

        Assert.Matches(@"^\[hash:[0-9a-f]{16}\]$", Assert.IsType<string>(span.GetTagItem("user.phone")));
    }

    private static Activity Careless()
    {
        var span = new Activity("span") { DisplayName = "GET /users/jane@example.com", IsAllDataRequested = true };
        span.AddLink(new ActivityLink(default, new ActivityTagsCollection { ["from"] = "jane@example.com" }));
        span.SetTag("mail", "jane@example.com").SetTag("list", (string[])["jane@example.com", "b"]);
        span.SetTag("card", 4111111111111111L).SetTag("count", 3).SetTag("sum", 12L).SetTag("user.phone", "555 0100");
        span.AddException(new InvalidOperationException("a 4111 1111 1111 1111 b"));
        return span.SetStatus(ActivityStatusCode.Error, "no jane@example.com");
    }

    [GeneratedRegex("C-[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CustomerNumber();
}
