using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>Stands where a platform offers neither a probe nor <c>/proc</c>: nothing is measured, and that is what it says.</summary>
internal sealed class NoReadings : IReadingSource
{
    /// <inheritdoc/>
    public string Name => "none";

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
