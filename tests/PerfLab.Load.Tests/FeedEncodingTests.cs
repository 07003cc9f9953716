using System.Text;
using PerfLab.Load.Feeds;

namespace PerfLab.Load.Tests;

public sealed class FeedEncodingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-encoding-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("windows-1252", new byte[] { 0x80, 0xE9 }, "\u20ac\u00e9")]
    [InlineData("iso-8859-1", new byte[] { 0xA4, 0xE9 }, "\u00a4\u00e9")]
    [InlineData("iso-8859-15", new byte[] { 0xA4, 0xE9 }, "\u20ac\u00e9")]
    [InlineData("shift_jis", new byte[] { 0x93, 0xFA }, "\u65e5")]
    [InlineData("UTF-8", new byte[] { 0xC3, 0xA9 }, "\u00e9")]
    public void A_declared_encoding_gives_the_letters_that_its_table_has(string name, byte[] letters, string expected)
    {
        var path = Write("f.csv", [.. "v\n"u8, .. letters, (byte)'\n']);

        Assert.Equal(expected, DataFeed.FromCsvFile("f", path, FeedOrder.Sequential, FeedText.EncodingOf(name)).ValueAt(0, 0));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-16", false)]
    public void A_byte_order_mark_says_the_encoding_and_may_be_left_out_where_it_is_declared(string name, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = Write("f.csv", [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("v\n\u65e5\n")]);

        Assert.Equal("\u65e5", DataFeed.FromCsvFile("f", path, FeedOrder.Sequential, isMarked ? null : FeedText.EncodingOf(name)).ValueAt(0, 0));
        Assert.Equal("\u65e5", DataFeed.FromCsvFile("f", path, FeedOrder.Sequential, FeedText.EncodingOf(name)).ValueAt(0, 0));
    }

    [Theory]
    [InlineData(null, new byte[] { 0xE9 }, "utf-8", "--feed-encoding windows-1252")]
    [InlineData(null, new byte[] { 0xC3 }, "utf-8", "--feed-encoding windows-1252")]
    [InlineData(null, new byte[] { 0xED, 0xA0, 0x80 }, "utf-8", "--feed-encoding windows-1252")]
    [InlineData("windows-1252", new byte[] { 0x81 }, "windows-1252", "Correct --feed-encoding")]
    [InlineData("windows-1253", new byte[] { 0xAA }, "windows-1253", "Correct --feed-encoding")]
    [InlineData("windows-1257", new byte[] { 0xA1 }, "windows-1257", "Correct --feed-encoding")]
    [InlineData("windows-1255", new byte[] { 0xD9 }, "windows-1255", "Correct --feed-encoding")]
    [InlineData("iso-8859-7", new byte[] { 0xAE }, "iso-8859-7", "Correct --feed-encoding")]
    [InlineData("iso-8859-8", new byte[] { 0xA1 }, "iso-8859-8", "Correct --feed-encoding")]
    [InlineData("shift_jis", new byte[] { 0xFD }, "shift_jis", "Correct --feed-encoding")]
    [InlineData("shift_jis", new byte[] { 0x80 }, "shift_jis", "Correct --feed-encoding")]
    [InlineData("us-ascii", new byte[] { 0xE9 }, "us-ascii", "Correct --feed-encoding")]
    [InlineData("shift_jis", new byte[] { 0x93 }, "shift_jis", "Correct --feed-encoding")]
    public void Bytes_that_do_not_fit_are_refused_with_their_line(string? declared, byte[] bytes, string encoding, string advice)
    {
        foreach (var extension in (string[])["csv", "json"])
        {
            var path = extension == "csv" ? Write("f.csv", [.. "v\nfirst\n"u8, .. bytes]) : Write("f.json", [.. "[\n{\"v\":\n\""u8, .. bytes]);

            var message = Assert.Throws<FormatException>(() => FeedSyntax.FromFile(path, FeedOrder.Sequential, declared is null ? null : FeedText.EncodingOf(declared))).Message;

            Assert.StartsWith($"{path}(3): bytes that are not {encoding}", message, StringComparison.Ordinal);
            Assert.Contains(advice, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mark_of_another_encoding_than_the_declared_one_and_an_unknown_name_are_refused()
    {
        var path = Write("f.csv", [0xEF, 0xBB, 0xBF, .. "v\n1\n"u8]);

        Assert.Contains("byte order mark of utf-8", Assert.Throws<FormatException>(() => DataFeed.FromCsvFile("f", path, FeedOrder.Sequential, FeedText.EncodingOf("windows-1252"))).Message, StringComparison.Ordinal);
        Assert.Contains("'latin-nine'", Assert.Throws<FormatException>(() => FeedText.EncodingOf("latin-nine")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("windows-99")]
    public void An_encoding_that_is_not_there_is_refused(string name) =>
        Assert.Contains($"'{name}' is not the name of an encoding", Assert.Throws<FormatException>(() => FeedText.EncodingOf(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("id,password\n1,ab\"planted\n", "(2): a quote in the middle of field 'password'")]
    [InlineData("id,password\n1,\"planted\"x\n", "(2): text after the closing quote of field 'password'")]
    [InlineData("id,pass\"word\n", "(1): a quote in the middle of field 2")]
    public void A_cell_that_cannot_be_read_is_named_by_its_field_and_not_shown(string text, string said)
    {
        var message = Assert.Throws<FormatException>(() => DataFeed.FromCsvFile("f", Write("f.csv", Encoding.UTF8.GetBytes(text)), FeedOrder.Sequential)).Message;

        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_json_and_a_folder_are_refused()
    {
        var path = Write("f.json", "[{\"v\": \"\\ud800\"}]"u8.ToArray());

        Assert.Contains("surrogate", Assert.Throws<FormatException>(() => FeedSyntax.FromFile(path, FeedOrder.Sequential)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => DataFeed.FromCsvFile("f", _folder, FeedOrder.Sequential));
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
