using PerfLab.Experiments.Results;
using PerfLab.Runner.Readings;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>Answers readings that grow by a fixed step: one CPU second and one kilobyte each.</summary>
internal sealed class CountingReadings(string arm, EventLog events) : IReadingSource
{
    /// <summary>Gets how many readings were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Gets or sets the spans that were sampled so far.</summary>
    public long SampledCount { get; set; } = 7;

    public string Name => "probe";

    public Reading Read()
    {
        events.Add($"read {arm}");
        Count++;
        return ReadingSum.Nothing with { CpuSeconds = Count, AllocatedBytes = Count * 1024L };
    }

    public FullReading ReadFull()
    {
        events.Add($"read-full {arm}");
        Count++;
        return new FullReading(
            ReadingSum.Nothing with { CpuSeconds = Count, AllocatedBytes = Count * 1024L, WorkingSetBytes = 4096 },
            new Dictionary<string, long>(StringComparer.Ordinal) { ["RECORD_AND_SAMPLE"] = SampledCount, ["DROP"] = 3 });
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
