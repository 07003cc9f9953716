namespace PerfLab.Statistics.Tests.Descriptions;

public class ModalityTests
{
    private const int SeedOneHeap = 20_261_109;
    private const int SeedTwoHeaps = 20_261_110;

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public void One_heap_is_rarely_described_as_several(int count)
    {
        var draws = new Draws(SeedOneHeap);
        var wrong = Enumerable.Range(0, 300).Count(_ => !Modality.Describe(Draws.Many(count, draws.Normal)).IsUnimodal);

        Assert.InRange(wrong / 300.0, 0, 0.05);
    }

    [Fact]
    public void Two_heaps_are_described_with_their_places()
    {
        // Fifty values, every other one 6 standard deviations higher: tops near 0 and 6.
        var draws = new Draws(SeedTwoHeaps);
        for (var repetition = 0; repetition < 100; repetition++)
        {
            var modes = Modality.Describe([.. Enumerable.Range(0, 50).Select(i => draws.Normal() + (i % 2 * 6))]).Modes;

            Assert.Equal(2, modes.Count);
            Assert.InRange(modes[0], -1.5, 1.5);
            Assert.InRange(modes[1], 4.5, 7.5);
        }
    }

    [Fact]
    public void A_straggler_is_no_heap() =>
        Assert.True(Modality.Describe([.. Enumerable.Range(0, 30).Select(i => (double)(i % 7)), 100]).IsUnimodal);

    [Fact]
    public void Few_or_equal_values_have_one_heap_at_their_median()
    {
        Assert.Equal([2], Modality.Describe([1, 2, 100]).Modes);
        Assert.Equal([4], Modality.Describe([.. Enumerable.Repeat(4.0, 40)]).Modes);
        Assert.Equal(0, Modality.Describe([.. Enumerable.Repeat(4.0, 40)]).Bandwidth);
        Assert.Equal([5], Modality.Describe([5]).Modes);
    }

    [Fact]
    public void Twenty_values_are_looked_at_and_nineteen_are_not()
    {
        // Half about 0, half about 100.
        double[] values = [.. Enumerable.Range(0, 20).Select(i => (i % 2 * 100) + (i / 20.0))];

        Assert.Equal(2, Modality.Describe(values).Modes.Count);
        Assert.True(Modality.Describe(values[1..]).IsUnimodal);
    }

    [Fact]
    public void The_bandwidth_is_Silvermans()
    {
        // 0 to 19: quartiles 4.75 and 14.25, IQR / 1.34 = 7.0896; s = sqrt(35) = 5.9161 is smaller; 20^(-0.2) = 0.54928.
        Assert.Equal(0.9 * 5.9161 * 0.54928, Modality.Describe([.. Enumerable.Range(0, 20).Select(i => (double)i)]).Bandwidth, 3);
    }

    [Fact]
    public void Nothing_has_no_shape() => Assert.Throws<ArgumentException>(() => Modality.Describe([]));
}
