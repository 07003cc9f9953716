using System.Text;
using PerfLab.Load.Http;

namespace PerfLab.Load.Tests.Http;

public sealed class BodySearchTests
{
    [Fact]
    public void A_text_is_found_wherever_the_pieces_are_cut()
    {
        // Two letters only, so that near misses and overlaps are the rule; compared with searching the whole.
        var random = new RandomSequence(20261123);
        var search = new BodySearch();
        var found = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var body = Letters(random, random.NextBelow(40));
            var text = Letters(random, 1 + random.NextBelow(8));
            search.Begin(Encoding.ASCII.GetBytes(text));
            for (var begin = 0; begin < body.Length;)
            {
                var length = Math.Min(body.Length - begin, 1 + random.NextBelow(6));
                search.Feed(Encoding.ASCII.GetBytes(body.Substring(begin, length)));
                begin += length;
            }

            Assert.True(search.Found == body.Contains(text, StringComparison.Ordinal), $"'{text}' in '{body}', round {round}");
            found += search.Found ? 1 : 0;
        }

        Assert.InRange(found, 1_000, 4_000);
    }

    [Fact]
    public void Nothing_is_looked_for_unless_asked()
    {
        var search = new BodySearch();
        search.Begin(default);
        search.Feed("anything"u8);

        Assert.False(search.Found);
    }

    private static string Letters(RandomSequence random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => random.NextBelow(3) == 0 ? 'b' : 'a'));
}
