using System.Text;
using PerfLab.Load.Http;

namespace PerfLab.Load.Tests.Http;

public sealed class ResponseParserTests
{
    [Theory]
    [MemberData(nameof(ResponseSamples.Good), MemberType = typeof(ResponseSamples))]
    public void A_good_response_is_understood_wherever_it_is_split(string name, string text, int status, long bodyBytes, bool keepAlive)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var run = ParserRun.Of(bytes, isHead: false, cut);

            Assert.True(run.Progress == ParseStatus.Complete, $"{name}, split at {cut}: {run}");
            Assert.Equal(bytes.Length, run.Consumed);
            Assert.Equal(status, run.Status);
            Assert.Equal(bodyBytes, run.BodyBytes);
            Assert.Equal(keepAlive, run.KeepAlive);
        }
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Good), MemberType = typeof(ResponseSamples))]
    public void A_good_response_is_understood_byte_by_byte(string name, string text, int status, long bodyBytes, bool keepAlive)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var run = ParserRun.Of(bytes, isHead: false, [.. Enumerable.Range(1, bytes.Length - 1)]);

        Assert.True(run.Progress == ParseStatus.Complete, $"{name}: {run}");
        Assert.Equal((status, bodyBytes, keepAlive), (run.Status, run.BodyBytes, run.KeepAlive));
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Good), MemberType = typeof(ResponseSamples))]
    public void No_beginning_of_a_good_response_is_complete_or_wrong(string name, string text, int status, long bodyBytes, bool keepAlive)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++)
        {
            var run = ParserRun.Of(bytes.AsSpan(0, length), isHead: false);

            Assert.True(run.Progress == ParseStatus.NeedMore, $"{name} ({status}, {bodyBytes}, {keepAlive}), first {length} bytes: {run}");
            Assert.False(run.EndCompletes);
        }
    }

    [Theory]
    [MemberData(nameof(ResponseSamples.Bad), MemberType = typeof(ResponseSamples))]
    public void A_bad_response_is_refused_with_its_fault_wherever_it_is_split(string name, string text, string kind, string fault)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var run = ParserRun.Of(bytes, isHead: false, cut);

            Assert.True(run.Progress == ParseStatus.Failed, $"{name} ({kind}), split at {cut}: {run}");
            Assert.Equal(Enum.Parse<ResponseFault>(fault), run.Fault);
        }
    }

    [Fact]
    public void What_follows_a_complete_response_is_left_alone()
    {
        var run = ParserRun.Of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK");

        Assert.Equal(ParseStatus.Complete, run.Progress);
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".Length, run.Consumed);
    }

    [Fact]
    public void An_answer_to_head_has_no_body_whatever_it_says()
    {
        Assert.Equal(ParseStatus.Complete, ParserRun.Of("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", isHead: true).Progress);
        Assert.Equal(ParseStatus.Complete, ParserRun.Of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", isHead: true).Progress);
        Assert.Equal(ParseStatus.Complete, ParserRun.Of("HTTP/1.1 200 OK\r\n\r\n", isHead: true).Progress);
    }

    [Fact]
    public void A_body_without_a_length_ends_with_the_connection()
    {
        var run = ParserRun.Of("HTTP/1.1 200 OK\r\nServer: x\r\n\r\nsome text");

        Assert.Equal(ParseStatus.NeedMore, run.Progress);
        Assert.True(run.EndCompletes);
        Assert.False(run.KeepAlive);
        Assert.Equal(9, run.BodyBytes);
    }

    [Fact]
    public void Sizes_at_the_limits_are_allowed()
    {
        var line = "X: " + new string('x', ParserRun.Limits.MaxLineBytes - "X: \r\n".Length);
        Assert.Equal(ParseStatus.Complete, ParserRun.Of($"HTTP/1.1 200 OK\r\n{line}\r\nContent-Length: 0\r\n\r\n").Progress);

        var body = new string('x', (int)ParserRun.Limits.MaxBodyBytes);
        Assert.Equal(ParseStatus.Complete, ParserRun.Of($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}").Progress);
    }

    [Fact]
    public void A_parser_is_as_new_after_a_reset()
    {
        var parser = new ResponseParser(ParserRun.Limits);
        foreach (var bad in ResponseSamples.Bad())
        {
            parser.Reset(isHead: false);
            ParserRun.Feed(parser, Encoding.Latin1.GetBytes(bad.Data.Item2));
            parser.Reset(isHead: false);
            var run = ParserRun.Feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8);

            Assert.True(run is { Progress: ParseStatus.Complete, BodyBytes: 2, KeepAlive: true }, $"after '{bad.Data.Item1}': {run}");
        }
    }

    [Fact]
    public void A_stream_without_line_ends_keeps_no_more_than_a_line()
    {
        var parser = new ResponseParser(ParserRun.Limits);
        parser.Reset(isHead: false);
        parser.Feed("HTTP/1.1 200 OK\r\nX: "u8, out _);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var progress = ParseStatus.NeedMore;
        for (var i = 0; i < 10_000 && progress == ParseStatus.NeedMore; i++)
        {
            progress = parser.Feed("xxxxxxxxxx"u8, out _);
        }

        Assert.Equal(ParseStatus.Failed, progress);
        // Growing to 200 bytes passes 256 at most; the rest is room for the runtime.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, 0, 4096);
    }
}
