using PerfLab.Experiments.RequestFiles;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Tests.RequestFiles;

/// <summary>Commands of curl, read as curl and a shell read them.</summary>
public sealed class CurlFileTests
{
    private static readonly Dictionary<string, string> s_variables = new(StringComparer.Ordinal) { ["TOKEN"] = "a b", ["HOST"] = "http://a", ["EMPTY"] = "" };

    [Fact]
    public void Comments_prompts_and_indented_commands_are_told_apart_from_what_is_quoted()
    {
        var requests = Read("""
            Don't count this line.
            # curl http://a/comment
            $ curl http://a/1 # its list
              # it isn't read
              curl http://a/2 \
                -H 'a: b'
            curl http://a/3#part -d '
            # text
            curl http://a/text'
            """);

        Assert.Equal(["GET /1", "GET /2", "POST /3"], requests.Select(Line));
        Assert.Equal(["a"], requests[1].Headers.Keys);
        Assert.Equal("\n# text\ncurl http://a/text", requests[2].Body);
    }

    [Fact]
    public void A_continued_line_in_quotation_marks_is_read_as_a_shell_reads_it()
    {
        var requests = Read("curl http://a/1 -d 'x\\\ny'\ncurl http://a/2 -d \"x\\\ny\"");

        Assert.Equal(["x\\\ny", "xy"], requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData("curl http://a/1 http://a/2", "two addresses: http://a/1 and http://a/2")]
    [InlineData("curl http://a/1 --url http://a/2", "two addresses")]
    [InlineData("curl http://a/1\nHTTP/1.1", "two addresses")]
    [InlineData("curl -d@x http://a/", "-d @x reads a file")]
    [InlineData("curl -sFa=b http://a/", "-F is an option")]
    [InlineData("curl --data-urlencode name@file http://a/", "reads a file")]
    [InlineData("curl -b cookies.txt http://a/", "reads a file")]
    [InlineData("curl -b $HOST http://a/", "-b has no NAME=VALUE")]
    [InlineData("curl -H @headers http://a/", "reads a file")]
    [InlineData("curl -H Name http://a/", "not a header")]
    [InlineData("curl http://a/ -sX", "-X has no value")]
    public void What_cannot_be_read_is_named(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("curl -u alice:plain --weird http://a/")]
    [InlineData("curl -sualice:plain --weird http://a/")]
    [InlineData("curl --user 'alice:so plain' --weird http://a/")]
    [InlineData("curl -U \\\n  alice:plain --weird http://a/")]
    [InlineData("curl --proxy-user alice:plain --weird http://a/")]
    [InlineData("curl --oauth2-bearer plain --weird http://a/")]
    [InlineData("curl -b \"id=so plain\" --weird http://a/")]
    [InlineData("curl --cookie id=plain --weird http://a/")]
    public void Credentials_by_their_place_are_in_no_message(string text)
    {
        var told = Assert.Throws<FormatException>(() => Read(text)).Message;

        Assert.Contains("--weird is an option", told, StringComparison.Ordinal);
        Assert.DoesNotContain("plain", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("curl -sSL -XPUT http://a/", "PUT /")]
    [InlineData("curl -fsSXPOST http://a/", "POST /")]
    [InlineData("curl -sX POST http://a/", "POST /")]
    [InlineData("curl -I http://a/", "HEAD /")]
    [InlineData("curl --head http://a/", "HEAD /")]
    [InlineData("curl -G -d a=1 --data-urlencode 'q=x y' http://a/s#part", "GET /s?a=1&q=x%20y")]
    [InlineData("curl --get 'http://a/s?b=2' -d a=1", "GET /s?b=2&a=1")]
    [InlineData("curl -GI -da=1 http://a/", "HEAD /?a=1")]
    [InlineData("curl -so/dev/null http://a/x", "GET /x")]
    public void Letters_may_be_joined_and_values_attached(string text, string line)
    {
        var request = Assert.Single(Read(text));

        Assert.Equal(line, Line(request));
        Assert.Null(request.Body);
        Assert.Empty(request.Headers);
    }

    [Theory]
    [InlineData("name=a b&c", "name=a%20b%26c")]
    [InlineData("=a=b", "a%3Db")]
    [InlineData("a b", "a%20b")]
    public void Data_are_encoded_on_demand(string data, string body) =>
        Assert.Equal(body, Assert.Single(Read($"curl http://a/ --data-urlencode '{data}'")).Body);

    [Theory]
    [InlineData("-uuser:pw", "Authorization: Basic dXNlcjpwdw==")] // base64 of user:pw
    [InlineData("--oauth2-bearer plain", "Authorization: Bearer plain")]
    [InlineData("-U proxy:pw --proxy-user proxy:pw", "")]
    [InlineData("-ehttp://b/", "Referer: http://b/")]
    [InlineData("--referer http://b/", "Referer: http://b/")]
    [InlineData("-b a=1 -b b=2", "Cookie: a=1; b=2")]
    [InlineData("-H 'User-Agent:' -A x", "")]
    [InlineData("-d x -H 'Content-Type:' -H 'Accept:'", "")]
    [InlineData("-H 'Content-Type: text/plain' -d x", "Content-Type: text/plain")]
    [InlineData("-u a:b -H 'Authorization: Bearer x'", "Authorization: Bearer x")]
    [InlineData("-H 'X-Empty;'", "X-Empty: ")]
    [InlineData("-H 'If-None-Match: 1' -H 'If-Modified-Since: x' -H 'If-Match: 2'", "If-Match: 2")]
    public void Headers_are_those_that_curl_sends(string options, string headers) =>
        Assert.Equal(headers, string.Join('|', Assert.Single(Read($"curl http://a/ {options}")).Headers.Select(header => $"{header.Key}: {header.Value}")));

    [Theory]
    [InlineData(@"'\041\xc3\xa9'", "!é")] // as Firefox copies it
    [InlineData(@"'\u0021\u00e9\ud83d\ude00'", "!é😀")] // as Chrome copies it
    [InlineData(@"'\U0001f600\x41\7\e\\\'\.'", "😀A\a\e\\'\\.")]
    public void Escapes_of_browsers_are_read_as_bash_reads_them(string quoted, string body) =>
        Assert.Equal(body, Assert.Single(Read($"curl http://a/ --data-raw ${quoted}")).Body);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Contains("UTF-8", Assert.Throws<FormatException>(() => Read(@"curl http://a/ --data-raw $'\xff'")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(@"curl 'http://a/x?filter\[status\]=\{1\}'", "GET /x?filter[status]=%7B1%7D")] // as Chrome copies it
    [InlineData(@"curl 'http://a/x?filter[status]=1'", "GET /x?filter[status]=1")]
    public void A_backslash_before_a_bracket_is_the_mark_of_curl(string text, string line) => Assert.Equal(line, Line(Assert.Single(Read(text))));

    [Fact]
    public void Without_ranges_a_backslash_belongs_to_the_address() => Assert.Equal("GET /?a%5C[1", Line(Assert.Single(Read(@"curl -g 'http://a/?a\[1'"))));

    [Fact]
    public void Variables_are_read_where_a_shell_reads_them()
    {
        var request = Assert.Single(Read("curl $HOST/x -H \"Authorization: Bearer ${TOKEN}\" -H 'A: $TOKEN' -H \"B: \\$TOKEN $ $5$EMPTY\" -d $'$TOKEN'"));

        Assert.Equal("POST /x", Line(request));
        Assert.Equal("Bearer a b", request.Headers["Authorization"]);
        Assert.Equal("$TOKEN", request.Headers["A"]);
        Assert.Equal("$TOKEN $ $5", request.Headers["B"]);
        Assert.Equal("$TOKEN", request.Body);
    }

    [Theory]
    [InlineData("curl http://a/$NONE", "the environment variable NONE is not set")]
    [InlineData("curl \"http://a/${NONE}\"", "the environment variable NONE is not set")]
    [InlineData("curl http://a/ -H \"Authorization: $API_TOKEN\"", "the environment variable API_TOKEN is not set")]
    [InlineData("curl \"http://a/$(id)\"", "takes a shell")]
    [InlineData("curl http://a/${TOKEN:-x}", "takes a shell")]
    [InlineData("curl \"http://a/`id`\"", "takes a shell")]
    public void What_of_variables_is_not_read_is_named(string text, string told) =>
        Assert.Contains(told, SecretText.Hide(null, Assert.Throws<FormatException>(() => Read(text)).Message), StringComparison.Ordinal);

    private static IReadOnlyList<RequestDefinition> Read(string text) => CurlFile.Read(text, name => s_variables.GetValueOrDefault(name));

    private static string Line(RequestDefinition request) => $"{request.Method} {request.Path}";
}
