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

    /// <summary>Gets the CPU time by program as of the last reading; empty where it is not told apart.</summary>
    IReadOnlyList<ProgramCpu> ReadPrograms() => [];

    /// <summary>
    /// Lets the SDKs in the target export the spans that they still hold, because the target is about to be stopped: not every
    /// service does that itself when it is asked to end. Never throws; does nothing without a probe that can.
    /// </summary>
    void FlushSpans()
    {
    }
}

/// <summary>A reading with the target's own account of its spans.</summary>
/// <param name="Reading">The counters, exact, with memory.</param>
/// <param name="SpansStarted">Spans started so far by sampling result; null when the target does not count them.</param>
internal sealed record FullReading(Reading Reading, IReadOnlyDictionary<string, long>? SpansStarted);

/// <summary>Stands where a platform offers neither a probe nor <c>/proc</c>: nothing is measured, and that is what it says.</summary>
internal sealed class NullReadingSource : IReadingSource
{
    /// <inheritdoc/>
    public string Name => ReadingSourceName.None;

    /// <inheritdoc/>
    public Reading Read() => ReadingSum.Nothing;

    /// <inheritdoc/>
    public FullReading ReadFull() => new(ReadingSum.Nothing, SpansStarted: null);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }
}
