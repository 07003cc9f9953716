using System.Diagnostics;
using System.Globalization;
using PerfLab.Experiments.Inspections;
using PerfLab.Load.Drivers;
using PerfLab.Load.LoadTests;

namespace PerfLab.Runner.Machines;

/// <summary>Finds out what a machine offers to measurements, without rights beyond those of any user.</summary>
public static class MachineExaminer
{
    // More processors than these would not tell more, and take a second each.
    private const int MostBusyLoops = 4;
    private const int ClockReadings = 100_000;

    /// <summary>Examines the machine; takes a second for each processor, up to four.</summary>
    /// <param name="results">The folder of runs.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public static MachineInspection Examine(string results, CancellationToken cancellationToken)
    {
        var limits = ProcessLimits.Read();
        var placeable = CpuPlacement.AllowedProcessors();
        var online = ReadWord("/sys/devices/system/cpu/online") is { Length: > 0 } list ? CpuList.Parse(list).Count : Environment.ProcessorCount;
        var clock = Stopwatch.StartNew();
        var (steal, throttled) = (StealTime.ReadSeconds(), ControlGroupReader.Read()?.ThrottledCount);
        BusyLoopTrial[] loops = [.. Processors(placeable).Select(processor => BusyLoop.Run(processor, cancellationToken))];
        var stolen = (StealTime.ReadSeconds() - steal) / (clock.Elapsed.TotalSeconds * online);
        var group = ControlGroupReader.Read();
        return new MachineInspection
        {
            Machine = MachineInspector.Read(),
            OnlineProcessors = online,
            AllowedProcessors = limits.Processors,
            Placement = placeable is null ? null : CpuPlacement.For(placeable),
            ControlGroup = group,
            FrequencyGovernor = ReadWord("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            Clock = MeasureClock(),
            HasNanosecondCpuTime = File.Exists("/proc/self/schedstat"),
            PerfEventParanoid = int.TryParse(ReadWord("/proc/sys/kernel/perf_event_paranoid"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level) ? level : null,
            HardwareCounters = HardwareCounter.Try(),
            MaxOpenFiles = limits.MaxOpenFiles,
            LocalPorts = limits.LocalPorts,
            AvailableMemoryBytes = ReadAvailableMemory(),
            Results = Look(results),
            DotNetSdks = FindSdks(),
            BusyLoops = loops,
            StealRatio = stolen,
            ThrottledCount = group?.ThrottledCount - throttled,
        };
    }

    private static IEnumerable<int?> Processors(IReadOnlyList<int>? placeable) =>
        placeable is null ? [null] : placeable.Take(MostBusyLoops).Select(processor => (int?)processor);

    private static ClockPrecision MeasureClock()
    {
        var start = Stopwatch.GetTimestamp();
        var (last, least) = (start, long.MaxValue);
        for (var reading = 0; reading < ClockReadings; reading++)
        {
            var now = Stopwatch.GetTimestamp();
            least = now > last ? Math.Min(least, now - last) : least;
            last = now;
        }

        return new ClockPrecision(
            ReadWord("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            (double)least / Stopwatch.Frequency,
            Stopwatch.GetElapsedTime(start, last).TotalSeconds / ClockReadings);
    }

    /// <summary>Reads the memory that can be had without swapping; null where it is not known.</summary>
    internal static long? ReadAvailableMemory()
    {
        const string path = "/proc/meminfo";
        const string key = "MemAvailable:";
        var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(candidate => candidate.StartsWith(key, StringComparison.Ordinal)) : null;

        // "MemAvailable:   12345 kB", in units of 1,024 bytes (proc(5)).
        return long.TryParse(line?[key.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }

    private static ResultsPlace Look(string results)
    {
        var folder = Path.GetFullPath(results);

        // It is made at the first run: what counts is the folder that it will be made in.
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return new ResultsPlace(results, IsWritable(folder), FreeBytes(folder));
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using (File.Create(Path.Combine(folder, $".perflab-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // DOTNET/shared/Microsoft.NETCore.App/VERSION/ holds the runtime, DOTNET/sdk/ the SDKs.
    private static string[] FindSdks()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var sdks = runtime is null or "" ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return Directory.Exists(sdks) ? [.. Directory.EnumerateDirectories(sdks).Select(folder => Path.GetFileName(folder)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)] : [];
    }

    private static string? ReadWord(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Looks at the clock without a pause, and sees when it was not allowed to.</summary>
internal static class BusyLoop
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(1);

    // Two readings of the clock are apart by less than a microsecond; an interrupt handler takes some.
    private static readonly TimeSpan s_leastGap = TimeSpan.FromMicroseconds(20);

    /// <summary>Runs for a second.</summary>
    /// <param name="processor">Where; null anywhere.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static BusyLoopTrial Run(int? processor, CancellationToken cancellationToken)
    {
        BusyLoopTrial? trial = null;
        var thread = new Thread(() =>
        {
            GeneratorThreadSetup.Prepare(processor is { } core ? [core] : null);
            trial = Loop(processor, cancellationToken);
        });
        thread.Start();
        thread.Join();
        cancellationToken.ThrowIfCancellationRequested();
        return trial!;
    }

    private static BusyLoopTrial Loop(int? processor, CancellationToken cancellationToken)
    {
        var least = (long)(s_leastGap.TotalSeconds * Stopwatch.Frequency);
        var end = (long)(s_length.TotalSeconds * Stopwatch.Frequency);
        var start = Stopwatch.GetTimestamp();
        var (last, lost, longest) = (start, 0L, 0L);
        while (last - start < end && !cancellationToken.IsCancellationRequested)
        {
            var now = Stopwatch.GetTimestamp();
            if (now - last >= least)
            {
                lost += now - last;
                longest = Math.Max(longest, now - last);
            }

            last = now;
        }

        return new BusyLoopTrial(processor, (double)(last - start) / Stopwatch.Frequency, (double)lost / Math.Max(1, last - start), (double)longest / Stopwatch.Frequency);
    }
}
