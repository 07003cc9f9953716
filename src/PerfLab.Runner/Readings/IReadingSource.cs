using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>Takes snapshots of one process. All calls from one thread at a time.</summary>
internal interface IReadingSource : IDisposable
{
    /// <summary>Gets the name in <see cref="ProcessRecord.ReadingSource"/>.</summary>
    string Name { get; }

    /// <summary>Takes the counters.</summary>
    Reading Read();

    /// <summary>Takes the counters exactly, memory and span counts with them.</summary>
    FullReading ReadFull();
}
