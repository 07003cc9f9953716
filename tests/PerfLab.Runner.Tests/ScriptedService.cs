using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Runner.Readings;
using PerfLab.Runner.Targets;
using PerfLab.Runner.Tests.LaunchSets;

namespace PerfLab.Runner.Tests;

/// <summary>A process with its driver: sends nothing, and burns CPU by a formula of the rate.</summary>
/// <param name="cpuSeconds">CPU time of one request at a rate per second; null where it cannot be read.</param>
internal sealed class ScriptedService(Func<double, double?> cpuSeconds) : ITargetProcess, IReadingSource, IRequestDriver
{
    private double? _cpuSeconds = 7;

    /// <summary>Gets the requests that each open-loop run asked for.</summary>
    public List<int> Runs { get; } = [];

    /// <summary>Gets what else happens during an open-loop run.</summary>
    public Action Meanwhile { get; init; } = () => { };

    string ITargetProcess.Name => "target";

    string IReadingSource.Name => "probe";

    public int ProcessId => 1000;

    public double ReadySeconds => 0.1;

    public IReadingSource Readings => this;

    /// <summary>Burns CPU without a request.</summary>
    public void Burn(double seconds) => _cpuSeconds += seconds;

    public Reading Read() => ReadingSum.Nothing with { CpuSeconds = _cpuSeconds };

    public FullReading ReadFull() => new(Read(), null);

    public LoadResult RunOpen(ArrivalSchedule schedule, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        Runs.Add(schedule.Count);
        _cpuSeconds += schedule.Count * cpuSeconds(schedule.Count / schedule.Duration.TotalSeconds);
        Meanwhile();
        return AnsweredLoad.Of(schedule.Count, schedule.Duration.TotalSeconds);
    }

    public LoadResult RunClosed(ClosedLoad load, LatencyRecorder recorder, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void EnsureAlive()
    {
        // Never dies.
    }

    public void MoveTo(IReadOnlyList<int> cores)
    {
        // Runs nowhere.
    }

    public Task<int?> StopAsync() => Task.FromResult<int?>(0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
        // Holds nothing.
    }
}
