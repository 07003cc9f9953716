using PerfLab.Experiments;

namespace PerfLab.Experiments.Tests;

public sealed class ConcurrentlyTests
{
    [Fact]
    public void Results_stand_in_the_order_of_their_values() =>
        Assert.Equal(Enumerable.Range(0, 1_000).Select(value => value * 2), Concurrently.Select(Enumerable.Range(0, 1_000), value => value * 2));

    [Fact]
    public void Of_several_errors_that_of_the_first_value_is_thrown_as_it_was()
    {
        var error = Assert.Throws<InvalidDataException>(() => Concurrently.Select(new[] { "c", "a", "b" }, string (name) => throw new InvalidDataException(name)));

        Assert.Equal("c", error.Message);
        Assert.Throws<IOException>(() => Concurrently.Invoke(() => throw new IOException("disk full"), () => { }));
    }

    [Fact]
    public void All_is_done_when_it_returns()
    {
        var done = 0;

        Concurrently.Invoke(() => Interlocked.Increment(ref done), () => Interlocked.Increment(ref done));

        Assert.Equal(2, done);
    }
}
