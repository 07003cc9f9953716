using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Tests;

public sealed class ReadingSumTests
{
    [Fact]
    public void Readings_of_an_arms_processes_are_added()
    {
        var sum = ReadingSum.Of([
            ReadingSum.Nothing with { CpuSeconds = 1.5, AllocatedBytes = 10 },
            ReadingSum.Nothing with { CpuSeconds = 2.0, AllocatedBytes = 30 },
        ]);

        Assert.Equal(3.5, sum.CpuSeconds);
        Assert.Equal(40, sum.AllocatedBytes);
    }

    [Fact]
    public void What_one_process_does_not_tell_the_sum_does_not_tell()
    {
        var sum = ReadingSum.Of([
            ReadingSum.Nothing with { CpuSeconds = 1.5, AllocatedBytes = 10 },
            ReadingSum.Nothing with { CpuSeconds = 2.0 },
        ]);

        Assert.Equal(3.5, sum.CpuSeconds);
        Assert.Null(sum.AllocatedBytes);
    }

    [Fact]
    public void Span_counts_are_added_by_sampling_result()
    {
        var first = new FullReading(ReadingSum.Nothing, new Dictionary<string, long> { ["DROP"] = 1, ["RECORD_AND_SAMPLE"] = 2 });
        var second = new FullReading(ReadingSum.Nothing, new Dictionary<string, long> { ["RECORD_AND_SAMPLE"] = 5 });

        var sum = ReadingSum.Of([first, second]).SpansStarted!;

        Assert.Equal(1, sum["DROP"]);
        Assert.Equal(7, sum["RECORD_AND_SAMPLE"]);
    }

    [Fact]
    public void One_process_that_does_not_count_spans_makes_the_count_unknown() =>
        Assert.Null(ReadingSum.Of([
            new FullReading(ReadingSum.Nothing, new Dictionary<string, long> { ["DROP"] = 1 }),
            new FullReading(ReadingSum.Nothing, SpansStarted: null),
        ]).SpansStarted);
}
