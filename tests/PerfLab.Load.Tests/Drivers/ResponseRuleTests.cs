using System.Text;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Http;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

/// <summary>
/// The table of docs/load.md, "One rule for responses": each case is one response over a real socket, judged by RFC 9112 and
/// counted the same by both drivers.
/// </summary>
public sealed class ResponseRuleTests
{
    private static readonly DriverOptions Options = new()
    {
        MaxResponseLineBytes = ParserRun.Limits.MaxLineBytes,
        MaxResponseHeaderBytes = ParserRun.Limits.MaxHeaderBytes,
        MaxResponseBodyBytes = ParserRun.Limits.MaxBodyBytes,
        RequestTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Gets name, method, bytes, whether the server closes, expected status, and what three requests count as.</summary>
    public static TheoryData<string, string, string, bool, int, string> Cases() => new()
    {
        // 2.2: a recipient MAY take a single LF for a line end; this one does not.
        { "line ends: LF only", "GET", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", false, 200, "malformed" },
        { "line ends: one LF", "GET", "HTTP/1.1 200 OK\r\nX: 1\nContent-Length: 2\r\n\r\nok", false, 200, "malformed" },

        // 6.3, item 5, and RFC 9110, 8.6: repeated and equal may be replaced by one value; a list and different ones are faults.
        { "length: twice the same", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", false, 200, "answered" },
        { "length: twice, different", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", false, 200, "malformed" },
        { "length: a list", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", false, 200, "malformed" },
        { "length and chunks", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", false, 200, "malformed" },

        // 6.3, items 1 and 8: the body ends with the connection.
        { "no length, closed", "GET", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", true, 200, "answered" },
        { "no length, closed without a word", "GET", "HTTP/1.1 200 OK\r\n\r\nhello", true, 200, "answered" },
        { "length, closed early", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", true, 200, "truncated" },
        { "chunks, closed early", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", true, 200, "truncated" },

        // 6.3, item 1: HEAD, 204 and 304 have no body; bytes that come with the response and are no part of it are a fault (9.2).
        { "HEAD with a length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", false, 200, "answered" },
        { "HEAD with a body", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, 200, "malformed" },
        { "HEAD with chunks announced", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, 200, "answered" },
        { "204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", false, 204, "answered" },
        { "204 with a body", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", false, 204, "malformed" },
        { "304 with a length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", false, 304, "answered" },
        { "304 with a body", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok", false, 304, "malformed" },
        { "bytes after the body", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n", false, 200, "malformed" },

        // RFC 9110, 15.2: a client must take one or more interim responses; nobody asked to switch protocols.
        { "early hints", "GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, 200, "answered" },
        { "continue and processing", "GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, 200, "answered" },
        { "an unknown interim response", "GET", "HTTP/1.1 199 Wait\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, 200, "answered" },
        { "switching protocols", "GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", false, 200, "malformed" },

        // 7.1: extensions and trailers are read and ignored; a chunk ends in CRLF.
        { "chunk extensions", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=1;b=\"x\"\r\nok\r\n0;c\r\n\r\n", false, 200, "answered" },
        { "chunk size with zeros", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0002\r\nok\r\n000\r\n\r\n", false, 200, "answered" },
        { "trailers", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n2\r\nok\r\n0\r\nX: 1\r\n\r\n", false, 200, "answered" },
        { "chunk lines in LF", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\n\n", false, 200, "malformed" },
        { "another coding", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", false, 200, "malformed" },
        { "chunked in 1.0", "GET", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false, 200, "malformed" },

        // 5.1, 5.2: names are tokens, folding is obsolete.
        { "a quoted name", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\"Connection: close\"\r\n\r\nok", false, 200, "malformed" },
        { "a blank before the colon", "GET", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok", false, 200, "malformed" },
        { "a folded header", "GET", "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok", false, 200, "malformed" },
        { "an empty line first", "GET", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, 200, "malformed" },

        // 9.3: 1.0 closes unless it says otherwise.
        { "1.0", "GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", true, 200, "answered" },
        { "1.0 kept alive", "GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", false, 200, "answered" },
        { "1.1 closed", "GET", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", true, 200, "answered" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_drivers_follow_the_table(string name, string method, string bytes, bool closes, int status, string outcome)
    {
        foreach (var kind in Requests.Kinds())
        {
            using var server = closes ? ScriptedServer.SayingAndClosing(bytes) : ScriptedServer.Answering(bytes);

            var result = Run(server, kind.Data, method, status);

            var counted = result.Counts.Answered > 0 ? "answered" : Assert.Single(result.Errors.Keys);
            Assert.True((outcome, 3L) == (counted, result.Counts.Answered + result.Counts.Errors), $"{name} by {kind.Data}: {counted}, {string.Join(", ", result.ErrorExamples)}");
        }
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Bad), MemberType = typeof(ResponseSamples))]
    public void Both_drivers_count_a_bad_response_as_the_same_kind_for_the_same_reason(string name, string text, string kind, string fault)
    {
        var examples = new List<string>();
        foreach (var driver in Requests.Kinds())
        {
            using var server = ScriptedServer.SayingOnce(Encoding.Latin1.GetBytes(text));

            var result = Run(server, driver.Data, "GET", 200);

            Assert.True(result.Errors.TryGetValue(kind, out var count) && count == 3, $"{name} ({fault}) by {driver.Data}: {string.Join(", ", result.ErrorExamples)}");
            examples.Add(result.ErrorExamples[kind]);
        }

        Assert.Single(examples.Distinct());
    }

    [Theory]
    [MemberData(nameof(Requests.Kinds), MemberType = typeof(Requests))]
    public void A_response_without_a_length_on_an_open_connection_runs_out_of_time(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n");

        var result = Run(server, kind, "GET", 200, Options with { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(3, result.Errors["request_timeout"]);
    }

    [Theory]
    [MemberData(nameof(Requests.Kinds), MemberType = typeof(Requests))]
    public void A_connection_with_bytes_that_nobody_asked_for_is_not_used_again(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok");

        Assert.Contains("nobody asked for", Run(server, kind, "GET", 204).ErrorExamples["malformed"], StringComparison.Ordinal);
        Assert.Equal(3, server.AcceptedCount);
    }

    [Theory]
    [InlineData("2xx", 204, true)]
    [InlineData("2XX", 200, true)]
    [InlineData("200, 404", 404, true)]
    [InlineData("2xx,404", 500, false)]
    [InlineData("3xx", 304, true)]
    public void Classes_and_lists_of_statuses_are_expected_by_both(string expected, int status, bool isAnswer)
    {
        Assert.True(PerfLab.Experiments.Scenarios.StatusExpectation.TryParse(expected, out var expectation));
        foreach (var kind in Requests.Kinds())
        {
            using var server = ScriptedServer.Answering($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
            using var driver = Requests.Driver(server.Address, kind.Data, Options, Requests.Get() with { ExpectedStatus = expectation });

            Assert.Equal(isAnswer ? 1 : 0, driver.RunClosed(ClosedLoad.ForIterations(1, 1), new LatencyRecorder(), TestContext.Current.CancellationToken).Counts.Answered);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2x")]
    [InlineData("1xx")]
    [InlineData("6xx")]
    [InlineData("99")]
    [InlineData("200,")]
    [InlineData("200-299")]
    [InlineData("+20")]
    public void What_is_no_final_status_is_not_expected(string text) => Assert.False(PerfLab.Experiments.Scenarios.StatusExpectation.TryParse(text, out _));

    [Theory]
    [MemberData(nameof(Requests.Kinds), MemberType = typeof(Requests))]
    public void An_unsupported_media_type_names_the_content_type(DriverKind kind)
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 415 Unsupported Media Type\r\nContent-Length: 0\r\n\r\n");

        Assert.Contains("--content-type", Run(server, kind, "POST", 200).ErrorExamples["unexpected_status"], StringComparison.Ordinal);
    }

    private static LoadResult Run(ScriptedServer server, DriverKind kind, string method, int status, DriverOptions? options = null)
    {
        using var driver = Requests.Driver(server.Address, kind, options ?? Options, Requests.Get(expectedStatus: status) with { Method = method });
        return driver.RunClosed(ClosedLoad.ForIterations(1, 3), new LatencyRecorder(), TestContext.Current.CancellationToken);
    }
}
