using System.Text;
using PerfLab.Load.Http;

namespace PerfLab.Load.Tests.Http;

/// <summary>Feeds a parser and says what came out.</summary>
internal sealed record ParserRun(ParseStatus Progress, int Consumed, int Status, long BodyBytes, bool KeepAlive, ResponseFault Fault, bool EndCompletes)
{
    public static ResponseLimits Limits { get; } = new(MaxLineBytes: 200, MaxHeaderBytes: 1000, MaxBodyBytes: 10_000);

    public static ParserRun Of(string response, bool isHead = false) => Of(Encoding.Latin1.GetBytes(response), isHead);

    /// <summary>Feeds the bytes in pieces that end at the given positions.</summary>
    public static ParserRun Of(ReadOnlySpan<byte> response, bool isHead, params ReadOnlySpan<int> cuts)
    {
        var parser = new ResponseParser(Limits);
        parser.Reset(isHead);
        return Feed(parser, response, cuts);
    }

    public static ParserRun Feed(ResponseParser parser, ReadOnlySpan<byte> response, params ReadOnlySpan<int> cuts)
    {
        var progress = ParseStatus.NeedMore;
        var consumed = 0;
        var begin = 0;
        for (var i = 0; i <= cuts.Length && progress == ParseStatus.NeedMore; i++)
        {
            var end = i < cuts.Length ? cuts[i] : response.Length;
            // A copy of exactly the piece: reading beyond it or keeping a reference to it would show.
            progress = parser.Feed(response[begin..end].ToArray(), out var taken);
            Assert.InRange(taken, 0, end - begin);
            consumed += taken;
            begin = end;
        }

        return new ParserRun(progress, consumed, parser.StatusCode, parser.BodyBytes, parser.KeepAlive, parser.Fault, parser.EndOfStreamCompletes);
    }
}
