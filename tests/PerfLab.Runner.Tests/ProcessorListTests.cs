using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Tests;

public sealed class ProcessorListTests
{
    [Theory]
    [InlineData("0-1", new[] { 0, 1 })]
    [InlineData(" 3\n", new[] { 3 })]
    [InlineData("0-2,5,7-8", new[] { 0, 1, 2, 5, 7, 8 })]
    public void Linux_lists_are_read(string text, int[] expected) => Assert.Equal(expected, CpuList.Parse(text));

    [Fact]
    public void A_list_is_written_as_every_taskset_reads_it() => Assert.Equal("a", CpuList.Mask([1, 3]).TrimStart('0'));
}
