using System.Diagnostics;
using System.Globalization;
using Perfolizer.Mathematics.Common;
using PerfLab.Experiments.Results;
using Statistics = BenchmarkDotNet.Mathematics.Statistics;

namespace PerfLab.MicroBenchmarks;

/// <summary>
/// Measures an operation when its code and data are no longer in the processor's own caches. In a loop they are, so a benchmark shows
/// the least that a layer can cost; between two requests a service runs everything else that a request needs.
/// </summary>
internal static class ColdCaches
{
    private const int WarmUpCalls = 40;
    private const int Groups = 15;
    private const int CallsPerGroup = 25;
    private const int LineBytes = 64;
    private const int UsualBytes = 1024 * 1024;

    // Twice the last cache that a core has for itself: nothing of the operation stays in it. What cores share is left alone.
    private static readonly byte[] s_otherData = new byte[2 * OwnCacheBytes()];

    /// <summary>Measures a layer: elapsed time of single calls, the middle half of each group of 25.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The mean over groups with its 95 % interval; null where other threads take part, whose work a single call does not wait for.</returns>
    public static LayerInterval? Measure(Layer layer)
    {
        if (layer.AllocationTolerance > 0)
        {
            return null;
        }

        using var operation = layer.Create();
        for (var call = 0; call < WarmUpCalls; call++)
        {
            operation.Invoke();
        }

        var measured = new Statistics(Enumerable.Range(0, Groups).Select(_ => MeasureGroup(operation) / layer.Units));
        var interval = measured.GetConfidenceInterval(ConfidenceLevel.L95);
        return new LayerInterval(measured.Mean, interval.Lower, interval.Upper);
    }

    // What preempts a call, or collects garbage in it, is in the upper quarter.
    private static double MeasureGroup(LayerOperation operation)
    {
        var nanoseconds = new double[CallsPerGroup];
        for (var call = 0; call < CallsPerGroup; call++)
        {
            for (var at = 0; at < s_otherData.Length; at += LineBytes)
            {
                s_otherData[at]++;
            }

            var begin = Stopwatch.GetTimestamp();
            operation.Invoke();
            nanoseconds[call] = Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
        }

        Array.Sort(nanoseconds);
        return nanoseconds[(CallsPerGroup / 4)..(3 * CallsPerGroup / 4)].Average();
    }

    // Linux says it as "1024K"; elsewhere what is usual today.
    private static int OwnCacheBytes()
    {
        const string Size = "/sys/devices/system/cpu/cpu0/cache/index2/size";
        return File.Exists(Size) && int.TryParse(File.ReadAllText(Size).Trim().TrimEnd('K'), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : UsualBytes;
    }
}
