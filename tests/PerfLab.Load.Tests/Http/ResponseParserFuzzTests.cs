using System.Text;
using PerfLab.Load.Http;

namespace PerfLab.Load.Tests.Http;

/// <summary>Damaged responses from a named seed: whatever comes, the parser says the same however it is split, and says why.</summary>
public sealed class ResponseParserFuzzTests
{
    private const ulong Seed = 20261123;
    private const int Rounds = 3000;

    private static readonly byte[] Telling = "\r\n \t:;0123456789abcdefABCDEF,chunkedHTTP/1.\0\u007f"u8.ToArray();

    [Fact]
    public void Damaged_responses_are_judged_alike_at_every_split()
    {
        var random = new RandomSequence(Seed);
        byte[][] seeds =
        [
            .. ResponseSamples.Good().Select(row => Encoding.Latin1.GetBytes(row.Data.Item2)),
            .. ResponseSamples.Bad().Select(row => Encoding.Latin1.GetBytes(row.Data.Item2)).Where(bytes => bytes.Length < 300),
        ];

        var outcomes = new int[3];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Damage(seeds[random.NextBelow(seeds.Length)], random);
            var isHead = random.NextBelow(10) == 0;
            var whole = ParserRun.Of(bytes, isHead);
            Check(whole, bytes);
            outcomes[(int)whole.Progress]++;
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                AssertSame(whole, ParserRun.Of(bytes, isHead, cut), bytes, $"split at {cut}");
            }

            AssertSame(whole, ParserRun.Of(bytes, isHead, [.. Enumerable.Range(0, bytes.Length)]), bytes, "byte by byte");
        }

        // The damage is neither harmless nor always deadly: all three outcomes are seen often.
        Assert.All(outcomes, count => Assert.InRange(count, 100, Rounds));
    }

    [Fact]
    public void Random_bytes_are_refused_at_once()
    {
        var random = new RandomSequence(Seed);
        var bytes = new byte[64];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.NextBits();
            }

            var run = ParserRun.Of(bytes, isHead: false);
            Assert.Equal(ParseStatus.Failed, run.Progress);

            // An alert or a handshake of TLS, a frame of HTTP/2, or nothing that is known.
            Assert.Equal(bytes[0] switch { 0x15 or 0x16 => ResponseFault.TlsRecord, 0 => ResponseFault.Http2Frame, _ => ResponseFault.StatusLine }, run.Fault);
        }
    }

    private static byte[] Damage(byte[] original, RandomSequence random)
    {
        var bytes = new List<byte>(original);
        for (var damage = random.NextBelow(4); damage >= 0 && bytes.Count > 0; damage--)
        {
            var at = random.NextBelow(bytes.Count);
            var length = Math.Min(bytes.Count - at, 1 + random.NextBelow(8));
            switch (random.NextBelow(6))
            {
                case 0:
                    bytes[at] = (byte)random.NextBits();
                    break;
                case 1:
                    bytes[at] = Telling[random.NextBelow(Telling.Length)];
                    break;
                case 2:
                    bytes.Insert(at, Telling[random.NextBelow(Telling.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Check(ParserRun run, byte[] bytes)
    {
        Assert.Equal(run.Progress == ParseStatus.Failed, run.Fault != ResponseFault.None);
        Assert.InRange(run.BodyBytes, 0, Math.Max(bytes.Length, ParserRun.Limits.MaxBodyBytes));
        if (run.Progress == ParseStatus.Complete)
        {
            Assert.InRange(run.Status, 200, 599);
        }
    }

    private static void AssertSame(ParserRun whole, ParserRun split, byte[] bytes, string how)
    {
        // Where parsing stopped in a bad response may differ by how it came; the judgement may not.
        var same = whole.Progress == ParseStatus.Failed
            ? split.Progress == ParseStatus.Failed && split.Fault == whole.Fault
            : split == whole;
        Assert.True(same, $"seed {Seed}, {how}: {split} instead of {whole} for {Convert.ToHexString(bytes)}");
    }
}
