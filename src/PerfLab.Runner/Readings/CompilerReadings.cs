using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>Adds what the runtime's compiler used to the readings of another source.</summary>
internal sealed class CompilerReadings(IReadingSource source, CompilerClock compiler) : IReadingSource
{
    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public Reading Read() => source.Read() with { CompilerCpuSeconds = compiler.ReadSeconds() };

    /// <inheritdoc/>
    public FullReading ReadFull()
    {
        var full = source.ReadFull();
        return full with { Reading = full.Reading with { CompilerCpuSeconds = compiler.ReadSeconds() } };
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
