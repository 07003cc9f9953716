using PerfLab.Load.Feeds;

namespace PerfLab.Load.Tests;

public sealed class FeedTextTests
{
    [Theory]
    [InlineData("id=sequence(5)", "5")]
    [InlineData("id = between(3, 3)", "3")]
    [InlineData("id=choice(a)", "a")]
    public void A_generated_field_has_values_of_its_kind(string text, string first)
    {
        var feed = FeedSyntax.Generate([text], seed: 1);

        Assert.Equal("id", Assert.Single(feed.Fields));
        Assert.Equal((null, first), (feed.RowCount, feed.ValueAt(0, 0)));
    }

    [Fact]
    public void Random_kinds_follow_the_seed()
    {
        string[] fields = ["id=uuid", "name=letters(8)", "tier=choice(gold | silver)"];

        var (first, again) = (FeedSyntax.Generate(fields, seed: 1), FeedSyntax.Generate(fields, seed: 1));

        Assert.Equal(first.ValueAt(9, 0), again.ValueAt(9, 0));
        Assert.NotEqual(first.ValueAt(9, 0), FeedSyntax.Generate(fields, seed: 2).ValueAt(9, 0));
        Assert.Equal(8, first.ValueAt(0, 1).Length);
        Assert.Contains(first.ValueAt(0, 2), (string[])["gold", "silver"]);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("=uuid")]
    [InlineData("id=guid")]
    [InlineData("id=between(1)")]
    [InlineData("id=sequence(x)")]
    [InlineData("id=letters(5")]
    public void What_is_no_field_is_refused_with_the_kinds_that_exist(string text)
    {
        var error = Assert.Throws<FormatException>(() => FeedSyntax.Generate([text], seed: 1));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("between(LOWEST, HIGHEST)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x=letters(0)")]
    [InlineData("x=letters(-5)")]
    [InlineData("x=letters(50000)")]
    public void A_length_that_is_not_sent_as_it_is_asked_for_is_refused(string text) =>
        Assert.Contains("1 to 10,000", Assert.Throws<FormatException>(() => FeedSyntax.Generate([text], seed: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_named_after_itself_or_as_it_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("perflab-feed-");
        try
        {
            var csv = Path.Combine(folder.FullName, "users.csv");
            File.WriteAllText(csv, "id\n7\n");

            Assert.Equal("users", FeedSyntax.FromFile(csv, FeedOrder.Sequential).Name);
            Assert.Equal("people", FeedSyntax.FromFile($"people={csv}", FeedOrder.Sequential).Name);
            Assert.Throws<FormatException>(() => FeedSyntax.FromFile(csv + "x", FeedOrder.Sequential));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
