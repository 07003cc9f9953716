using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>Commands of curl and of shells, as other tools write them.</summary>
public sealed class RequestFileTests
{
    // As Chrome 141 copies it ("Copy as cURL (bash)"), and as documentation writes it.
    private const string Curl = """
        # from the browser
        curl 'https://shop.example/orders?page=2' \
          -H 'accept: application/json' \
          -H 'Connection: keep-alive' \
          -b 'session=abc' \
          --compressed
        curl 'https://shop.example/orders' -X 'POST' -H 'content-type: application/json' --data-raw $'{"note":"it\'s \u00e9"}'
        curl --json '{"a":1,
         "b":2}' https://shop.example/carts
        curl -s -u me:secret shop.example/status
        """;

    [Fact]
    public void Curl_commands_are_read_as_browsers_copy_them()
    {
        var requests = CurlFile.Read(Curl, _ => null);

        Assert.Equal(["GET /orders?page=2", "POST /orders", "POST /carts", "GET /status"], requests.Select(Line));
        Assert.Equal(["accept", "Cookie"], requests[0].Headers.Keys);
        Assert.Equal("{\"note\":\"it's é\"}", requests[1].Body);
        Assert.Equal("{\"a\":1,\n \"b\":2}", requests[2].Body);
        Assert.Equal("application/json", requests[2].Headers["Content-Type"]);
        Assert.Equal("Basic bWU6c2VjcmV0", requests[3].Headers["Authorization"]); // base64 of me:secret
        Assert.Equal("get-orders", requests[0].Name);
        Assert.All(requests, request => Assert.Equal("2xx", request.ExpectedStatus.Text));
    }

    [Theory]
    [InlineData("curl -d @body.json http://a/", "reads a file")]
    [InlineData("curl -T file http://a/", "-T")]
    [InlineData("curl -H 'a: b'", "no address")]
    [InlineData("curl 'http://a/", "not closed")]
    [InlineData("wget http://a/", "begins with curl")]
    public void What_of_curl_is_not_read_is_named(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => CurlFile.Read(text, _ => null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("node app.js", "node|app.js")]
    [InlineData("a  'b c' \"d \\\"e\\\"\" f\\ g h'i'j", "a|b c|d \"e\"|f g|hij")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("a $'x\\ny'", "a|x\ny")]
    [InlineData("a ${TOKEN}", "a|${TOKEN}")]
    public void Words_are_split_as_a_shell_does(string text, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(text));

    [Theory]
    [InlineData("a | b")]
    [InlineData("a && b")]
    [InlineData("a > b")]
    [InlineData("a `b`")]
    public void What_takes_a_shell_is_refused(string text) => Assert.Contains("bash -c", Assert.Throws<FormatException>(() => ShellWords.Split(text)).Message, StringComparison.Ordinal);

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
