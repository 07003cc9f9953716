using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public class ThresholdFuzzTests
{
    private const int Seed = 20261122;
    private const int Texts = 10_000;

    private static readonly string[] Tokens =
    [
        "p", "(", ")", "99", "99.9", "101", "<", "<=", ">", ">=", "==", "===", "!=", "=", "!", "200", "0", "-", "-5", ".", "1.5", "1..5", "1e3", "ms", "us", "s", "%",
        "avg", "min", "med", "max", "late", "rate", "errors", "dropped", "count", "rps", "overhead", "cpu", "allocation", "p99", "spans_lost", "for", "ratio-10", ",", " ", "\t", "\n",
        "\0", "\u0130", "\u202e", "\ud800", "\uff10", "'", "\"", "99999999999999999999999999999999", "NaN", "Infinity",
    ];

    private static readonly string[] Valid =
    [
        "p(99)<200", "p(99.9)<=1.5s", "late(p(99))<1ms", "rate<0.01", "errors<1%", "dropped==0", "count>1000", "rps>=990",
        "overhead(cpu)<5% for ratio-10, ratio-1", "overhead(p(99))<10%", "spans_lost==0",
    ];

    [Fact]
    public void Any_sequence_of_tokens_is_a_threshold_or_a_fault_with_its_place()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Texts; i++)
        {
            Check(string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Tokens[random.Next(Tokens.Length)])));
        }
    }

    [Fact]
    public void Any_mutation_of_a_threshold_is_a_threshold_or_a_fault_with_its_place()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var i = 0; i < Texts; i++)
        {
            read += Check(Mutate(Valid[random.Next(Valid.Length)], random)) ? 1 : 0;
        }

        // The mutations must reach both ways out, or the test says nothing.
        Assert.InRange(read, Texts / 20, Texts * 19 / 20);
    }

    [Fact]
    public void Hostile_texts_are_refused_before_they_are_read()
    {
        // A million characters each: a reader that looked at all of them again and again would not come back.
        foreach (var piece in new[] { "(", "p(", "9", " ", "a,", "<", "-", "\0" })
        {
            var text = "overhead(cpu)<5% for " + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

            Assert.InRange(Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(text)).Message.Length, 1, 600);
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            var token = Tokens[random.Next(Tokens.Length)];
            text = random.Next(3) switch
            {
                0 => text.Insert(at, token),
                1 => text.Remove(Math.Min(at, text.Length), Math.Min(random.Next(3), text.Length - at)),
                _ => text[..at] + token + text[Math.Min(text.Length, at + 1)..],
            };
        }

        return text;
    }

    private static bool Check(string text)
    {
        try
        {
            var threshold = Threshold.Parse(text);

            Assert.True(double.IsFinite(threshold.Limit));
            Assert.NotEqual(ThresholdOperator.Unknown, threshold.Operator);
            Assert.StartsWith(threshold.Condition, threshold.Text, StringComparison.Ordinal);
            var again = Threshold.Parse(threshold.Text);
            Assert.Equal(threshold with { Arms = [] }, again with { Arms = [] });
            Assert.Equal(threshold.Arms, again.Arms);
            return true;
        }
        catch (ThresholdSyntaxException exception)
        {
            Assert.InRange(exception.Column, 1, text.Length + 1);
            Assert.All(exception.Message, character => Assert.InRange(character, ' ', '~'));
            Assert.NotEmpty(exception.Problem);
            Assert.NotEmpty(exception.Advice);
            return false;
        }
    }
}
