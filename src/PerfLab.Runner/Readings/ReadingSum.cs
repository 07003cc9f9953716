using System.Numerics;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>Adds the readings of an arm's processes; what one of them does not tell, the sum does not tell either.</summary>
internal static class ReadingSum
{
    /// <summary>Gets a reading that measured nothing.</summary>
    public static Reading Nothing { get; } = new()
    {
        CpuSeconds = null,
        AllocatedBytes = null,
        Gen0Count = null,
        Gen1Count = null,
        Gen2Count = null,
        GcPauseSeconds = null,
        WorkingSetBytes = null,
        CompiledMethodCount = null,
        CompilerCpuSeconds = null,
    };

    /// <summary>Adds readings; at least one.</summary>
    public static Reading Of(IReadOnlyList<Reading> readings) => new()
    {
        CpuSeconds = Sum(readings, reading => reading.CpuSeconds),
        AllocatedBytes = Sum(readings, reading => reading.AllocatedBytes),
        Gen0Count = Sum(readings, reading => reading.Gen0Count),
        Gen1Count = Sum(readings, reading => reading.Gen1Count),
        Gen2Count = Sum(readings, reading => reading.Gen2Count),
        GcPauseSeconds = Sum(readings, reading => reading.GcPauseSeconds),
        WorkingSetBytes = Sum(readings, reading => reading.WorkingSetBytes),
        CompiledMethodCount = Sum(readings, reading => reading.CompiledMethodCount),
        CompilerCpuSeconds = Sum(readings, reading => reading.CompilerCpuSeconds),
        HeapBytes = Sum(readings, reading => reading.HeapBytes),
        EventLoop = Sum([.. readings.Select(reading => reading.EventLoop)]),
    };

    /// <summary>Adds full readings; at least one.</summary>
    public static FullReading Of(IReadOnlyList<FullReading> readings) => new(
        Of([.. readings.Select(reading => reading.Reading)]),
        readings.Any(reading => reading.SpansStarted is null)
            ? null
            : readings
                .SelectMany(reading => reading.SpansStarted!)
                .GroupBy(count => count.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(count => count.Value), StringComparer.Ordinal));

    private static EventLoopReading? Sum(IReadOnlyList<EventLoopReading?> loops) => loops.Any(loop => loop is null)
        ? null
        : new EventLoopReading(
            loops.Sum(loop => loop!.ActiveSeconds),
            loops.Sum(loop => loop!.IdleSeconds),
            loops.Sum(loop => loop!.DelayCount),
            loops.Sum(loop => loop!.DelaySeconds));

    private static T? Sum<T>(IReadOnlyList<Reading> readings, Func<Reading, T?> member)
        where T : struct, INumber<T>
    {
        var sum = T.Zero;
        foreach (var reading in readings)
        {
            if (member(reading) is not { } value)
            {
                return null;
            }

            sum += value;
        }

        return sum;
    }
}
