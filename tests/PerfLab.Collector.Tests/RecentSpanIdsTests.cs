using System.Buffers.Binary;
using PerfLab.Collector.Accounting;

namespace PerfLab.Collector.Tests;

public sealed class RecentSpanIdsTests
{
    [Fact]
    public void An_id_is_recognised_when_it_comes_again()
    {
        var recent = new DuplicateSpanDetector();

        Assert.False(Add(recent, 1));
        Assert.False(Add(recent, 2));
        Assert.True(Add(recent, 1));
        Assert.True(Add(recent, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_id_of_the_last_many_is_recognised_and_no_other(bool counted)
    {
        // Four times what one set holds, so that sets were exchanged several times. Some exporters count ids up.
        const int ids = 4 * DuplicateSpanDetector.CapacityPerSet;
        var random = new Random(1);
        var all = Enumerable.Range(1, ids).Select(index => counted ? (ulong)index : (ulong)random.NextInt64(1, long.MaxValue)).Distinct().ToArray();
        var recent = new DuplicateSpanDetector();

        Assert.DoesNotContain(all, id => Add(recent, id));
        Assert.All(all[^(DuplicateSpanDetector.CapacityPerSet - 1)..], id => Assert.True(Add(recent, id)));
    }

    [Fact]
    public void What_was_forgotten_is_new_again()
    {
        var recent = new DuplicateSpanDetector();
        Add(recent, 7);

        recent.Clear();

        Assert.False(Add(recent, 7));
    }

    private static bool Add(DuplicateSpanDetector recent, ulong id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, id);
        return recent.CheckAndAdd(bytes);
    }
}
