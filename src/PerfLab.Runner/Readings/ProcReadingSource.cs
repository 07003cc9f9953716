using PerfLab.Experiments.Results;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner.Readings;

/// <summary>Reads CPU time and resident memory of a process and all its descendants from outside, through the kernel.</summary>
/// <param name="tree">The process and its descendants.</param>
internal sealed class ProcReadingSource(TrackedProcessTree tree) : IReadingSource
{
    private readonly ProcessTreeAccount _account = new(tree);

    /// <inheritdoc/>
    public string Name => _account.IsInTicks ? ReadingSourceName.Ticks : ReadingSourceName.Proc;

    /// <summary>Says whether this platform has such files.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public Reading Read()
    {
        var (cpuSeconds, residentBytes) = _account.Read();
        return ReadingSum.Nothing with { CpuSeconds = cpuSeconds, WorkingSetBytes = residentBytes };
    }

    /// <inheritdoc/>
    public FullReading ReadFull() => new(Read(), SpansStarted: null);

    /// <inheritdoc/>
    public IReadOnlyList<ProgramCpu> ReadPrograms() => _account.ByProgram();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held open between readings.
    }
}

/// <summary>
/// What the probes in the serving processes tell, with the CPU time and the resident memory of the whole tree in place of
/// those of the serving processes alone.
/// </summary>
/// <param name="tree">Reads the tree; null where the platform cannot.</param>
/// <param name="probes">At least one.</param>
internal sealed class ProbeReadingSource(IReadingSource? tree, IReadOnlyList<IReadingSource> probes) : IReadingSource
{
    /// <inheritdoc/>
    public string Name => tree is { Name: ReadingSourceName.Ticks } ? ReadingSourceName.ProbeTicks : ReadingSourceName.Probe;

    /// <inheritdoc/>
    public Reading Read() => WithTree(ReadingSum.Of([.. probes.Select(probe => probe.Read())]));

    /// <inheritdoc/>
    public FullReading ReadFull()
    {
        var full = ReadingSum.Of([.. probes.Select(probe => probe.ReadFull())]);
        return full with { Reading = WithTree(full.Reading) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var probe in probes)
        {
            probe.Dispose();
        }

        tree?.Dispose();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramCpu> ReadPrograms() => tree?.ReadPrograms() ?? [];

    /// <inheritdoc/>
    public void FlushSpans()
    {
        foreach (var probe in probes)
        {
            probe.FlushSpans();
        }
    }

    private Reading WithTree(Reading probed) => tree?.Read() is { } whole
        ? probed with { CpuSeconds = whole.CpuSeconds, WorkingSetBytes = whole.WorkingSetBytes }
        : probed;
}
