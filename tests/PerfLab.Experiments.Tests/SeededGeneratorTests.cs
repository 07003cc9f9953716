namespace PerfLab.Experiments.Tests;

public sealed class SeededGeneratorTests
{
    // The sequence that the reference splitmix64.c (prng.di.unimi.it) gives for the state 1234567.
    [Fact]
    public void SplitMix64_gives_the_published_sequence()
    {
        var state = 1234567UL;

        ulong[] actual = [.. Enumerable.Range(0, 5).Select(_ => SplitMix64.Next(ref state))];

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], actual);
    }

    // The sequence that the reference xoshiro256starstar.c gives for the state 1, 2, 3, 4.
    [Fact]
    public void Xoshiro_gives_the_published_sequence()
    {
        var generator = new SeededGenerator(1, 2, 3, 4);

        ulong[] actual = [.. Enumerable.Range(0, 10).Select(_ => generator.NextUInt64())];

        Assert.Equal(
            [
                11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
                16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
            ],
            actual);
    }

    [Fact]
    public void One_seed_gives_one_sequence()
    {
        var first = new SeededGenerator(7);
        var second = new SeededGenerator(7);
        var other = new SeededGenerator(8);

        Assert.Equal(Enumerable.Range(0, 100).Select(_ => first.NextUInt64()), Enumerable.Range(0, 100).Select(_ => second.NextUInt64()));
        Assert.NotEqual(new SeededGenerator(7).NextUInt64(), other.NextUInt64());
    }

    // The mean of 100,000 uniform numbers has a standard deviation of sqrt(1/12/100000) = 0.0009; five of them are 0.0046.
    [Fact]
    public void Doubles_fill_the_interval_from_0_to_1_evenly()
    {
        var generator = new SeededGenerator(2026);

        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => generator.NextDouble())];

        Assert.All(numbers, number => Assert.InRange(number, 0, 1 - 1e-16));
        Assert.InRange(numbers.Average(), 0.5 - 0.0046, 0.5 + 0.0046);
    }

    // 60,000 throws: each face is expected 10,000 times with a standard deviation of sqrt(60000 * 5/36) = 91; five are 457.
    [Fact]
    public void A_die_is_fair()
    {
        var generator = new SeededGenerator(6);

        var faces = Enumerable.Range(0, 60_000).CountBy(_ => generator.NextInt32(6)).ToDictionary();

        Assert.Equal([0, 1, 2, 3, 4, 5], faces.Keys.Order());
        Assert.All(faces.Values, count => Assert.InRange(count, 10_000 - 457, 10_000 + 457));
    }

    // All 24 orders of four, 24,000 drawn: 1,000 each with a standard deviation of sqrt(24000 * 23/576) = 31; five are 155.
    [Fact]
    public void All_permutations_are_equally_likely()
    {
        var generator = new SeededGenerator(24);

        var orders = Enumerable.Range(0, 24_000).CountBy(_ => string.Concat(generator.Permutation(4))).ToDictionary();

        Assert.Equal(24, orders.Count);
        Assert.All(orders.Values, count => Assert.InRange(count, 1000 - 155, 1000 + 155));
    }

    [Fact]
    public void A_bound_of_one_leaves_zero_and_none_is_an_error()
    {
        var generator = new SeededGenerator(1);

        Assert.Equal(0, generator.NextInt32(1));
        Assert.InRange(generator.NextInt32(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.NextInt32(0));
        Assert.Empty(generator.Permutation(0));
    }
}
