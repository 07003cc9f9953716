using PerfLab.Load.Feeds;

namespace PerfLab.Load.Tests;

public sealed class DataFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-feed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_csv_file_is_read_with_quotes_commas_and_line_ends_inside()
    {
        var feed = Csv("\uFEFFid,name,note\r\n1,\"Smith, John\",\"said \"\"hi\"\"\"\n\n2,,\"two\r\nlines\"\n3,last,x");

        Assert.Equal(["id", "name", "note"], feed.Fields);
        Assert.Equal(3, feed.RowCount);
        Assert.Equal(["1", "Smith, John", "said \"hi\""], Row(feed, 0));
        Assert.Equal(["2", "", "two\r\nlines"], Row(feed, 1));
        Assert.Equal(["3", "last", "x"], Row(feed, 2));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("id,name\n1,2,3\n", "(2): 3 fields where the first line has 2")]
    [InlineData("id\n1\n\"open\n", "(3): a quote is never closed")]
    [InlineData("id\na\"b\n", "(2): a quote in the middle")]
    [InlineData("id\n\"a\"b\n", "(2): text after the closing quote")]
    [InlineData("id,id\n1,2\n", "two fields of the same name")]
    [InlineData("id,\n1,2\n", "a field without a name")]
    [InlineData("id\n", "no row")]
    public void A_faulty_csv_file_is_refused_with_file_and_line(string text, string fault)
    {
        var message = Assert.Throws<FormatException>(() => Csv(text)).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("feed.csv", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_file_is_read_whatever_the_order_of_members()
    {
        var feed = Json("""[{"id": 1.50, "name": "a\"b", "flag": true}, {"flag": null, "name": "\u00e4", "id": -2}]""");

        Assert.Equal(["id", "name", "flag"], feed.Fields);
        Assert.Equal(["1.50", "a\"b", "true"], Row(feed, 0));
        Assert.Equal(["-2", "\u00e4", ""], Row(feed, 1));
    }

    [Theory]
    [InlineData("{}", "not an array")]
    [InlineData("[]", "not an array")]
    [InlineData("[1]", "not an object")]
    [InlineData("""[{"a": 1}, {"b": 1}]""", "[1]: member 'a' is missing")]
    [InlineData("""[{"a": 1}, {"a": 1, "b": 2}]""", "[1]: not an object with the 1 members")]
    [InlineData("""[{"a": {"b": 1}}]""", "[0].a: an object or array")]
    [InlineData("""[{"a": 1""", "not JSON")]
    [InlineData("[{}]", "a field without a name")]
    public void A_faulty_json_file_is_refused_with_file_and_place(string text, string fault)
    {
        var message = Assert.Throws<FormatException>(() => Json(text)).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("feed.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_rows_depend_on_the_seed_alone()
    {
        var fields = new Dictionary<string, FieldGenerator>
        {
            ["id"] = new FieldGenerator.Sequence(100),
            ["quantity"] = new FieldGenerator.Between(1, 3),
            ["tier"] = new FieldGenerator.Choice(["gold", "silver"]),
            ["key"] = new FieldGenerator.Uuid(),
            ["code"] = new FieldGenerator.Letters(5),
        };
        var one = DataFeed.Generated("g", fields, seed: 1);
        var same = DataFeed.Generated("g", fields, seed: 1);
        var other = DataFeed.Generated("g", fields, seed: 2);

        Assert.Equal(Rows(one), Rows(same));
        Assert.NotEqual(Rows(one), Rows(other));
        Assert.Equal(Enumerable.Range(100, 200).Select(id => $"{id}"), Column(one, "id"));
        Assert.Equal(["1", "2", "3"], Column(one, "quantity").Distinct().Order());
        Assert.Equal(["gold", "silver"], Column(one, "tier").Distinct().Order());
        Assert.All(Column(one, "key"), key => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", key));
        Assert.Equal(200, Column(one, "key").Distinct().Count());
        Assert.All(Column(one, "code"), code => Assert.Matches("^[a-z0-9]{5}$", code));
    }

    [Fact]
    public void A_generator_without_values_is_refused()
    {
        Assert.Throws<FormatException>(() => Generate(new FieldGenerator.Choice([])));
        Assert.Throws<FormatException>(() => Generate(new FieldGenerator.Between(2, 1)));
        Assert.Throws<FormatException>(() => DataFeed.Generated("g", new Dictionary<string, FieldGenerator>(), 1));
    }

    private static DataFeed Generate(FieldGenerator generator) =>
        DataFeed.Generated("g", new Dictionary<string, FieldGenerator> { ["a"] = generator }, 1);

    private static string[] Row(DataFeed feed, int row) => [.. Enumerable.Range(0, feed.Fields.Count).Select(field => feed.ValueAt(row, field))];

    private static string[] Rows(DataFeed feed) => [.. Enumerable.Range(0, feed.RowCount ?? 200).Select(row => string.Join('|', Row(feed, row)))];

    private static string[] Column(DataFeed feed, string field) =>
        [.. Enumerable.Range(0, feed.RowCount ?? 200).Select(row => feed.ValueAt(row, feed.IndexOf(field)))];

    private DataFeed Csv(string text)
    {
        var path = Path.Combine(_folder, "feed.csv");
        File.WriteAllText(path, text);
        return DataFeed.FromCsvFile("orders", path, FeedOrder.Sequential);
    }

    private DataFeed Json(string text)
    {
        var path = Path.Combine(_folder, "feed.json");
        File.WriteAllText(path, text);
        return DataFeed.FromJsonFile("orders", path, FeedOrder.Sequential);
    }
}
