using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Perfolizer.Mathematics.Common;
using PerfLab.Experiments.Results;

namespace PerfLab.MicroBenchmarks;

/// <summary>The one benchmark: an operation of the layer that <see cref="Name"/> names.</summary>
public class LayerBenchmark
{
    // The runtime compiles what was called 30 times, in the background, and again with what it learned.
    private const int WarmUpCalls = 40;
    private static readonly TimeSpan s_compilation = TimeSpan.FromMilliseconds(120);

    private LayerOperation? _operation;
    private Action _invoke = static () => { };

    /// <summary>Gets the names of the layers that are measured.</summary>
    public static IEnumerable<string> Names => LayerRun.Selected.Select(layer => layer.Name);

    /// <summary>Gets or sets the layer.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = Layer.Nothing;

    /// <summary>Sets the layer up and lets the runtime compile it.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        LayerRun.Announce(Name);
        _operation = LayerRun.Selected.Single(layer => layer.Name == Name).Create();
        _invoke = _operation.Invoke;
        for (var round = 0; round < LayerRun.WarmUpRounds; round++)
        {
            for (var call = 0; call < WarmUpCalls; call++)
            {
                _invoke();
            }

            Thread.Sleep(s_compilation);
        }
    }

    /// <summary>Does the operation once.</summary>
    [Benchmark]
    public void Invoke() => _invoke();

    /// <summary>Ends what was set up.</summary>
    [GlobalCleanup]
    public void CleanUp() => _operation?.Dispose();
}

/// <summary>A run of the benchmark over some layers, in this process.</summary>
internal static class LayerRun
{
    /// <summary>The argument of a run that another one completes: half of the iterations, and nothing is expected of allocations.</summary>
    public const string HalfArgument = "--half";

    private const int NoSuchLayer = 104;

    private static int s_announced;

    /// <summary>Gets the layers of the run.</summary>
    public static IReadOnlyList<Layer> Selected { get; private set; } = Layer.All;

    /// <summary>Gets how often the setup lets the runtime compile.</summary>
    public static int WarmUpRounds { get; private set; } = 3;

    /// <summary>Measures layers and writes <see cref="MicroBenchmarkRecord.FileName"/>.</summary>
    /// <param name="mode">How long.</param>
    /// <param name="folder">Receives all files.</param>
    /// <param name="filter">Part of the names of the layers; null for all.</param>
    /// <param name="isHalf">Whether another run completes it.</param>
    /// <returns>The exit code: 104 when there is no such layer.</returns>
    public static int Write(MicroBenchmarkMode mode, string folder, string? filter, bool isHalf)
    {
        var layers = Layer.Find(filter);
        if (layers.Count == 0)
        {
            Console.Error.WriteLine($"No layer has '{filter}' in its name (--filter). There are: {string.Join(", ", Layer.All.Select(layer => layer.Name))}.");
            return NoSuchLayer;
        }

        var started = TimeProvider.System.GetUtcNow();
        var costs = Measure(layers, mode, folder, isHalf);
        RunFolder.Write(Path.Combine(folder, MicroBenchmarkRecord.FileName), new MicroBenchmarkRecord
        {
            FormatVersion = MicroBenchmarkRecord.CurrentFormatVersion,
            Started = started,
            Mode = mode,
            Machine = null,
            Versions = LibraryVersions.Loaded,
            Layers = costs,
            AllocationDeviations = isHalf || mode == MicroBenchmarkMode.Smoke ? null : AllocationGuard.CheckInProcess(filter),
        });
        return 0;
    }

    /// <summary>Measures layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="mode">How long.</param>
    /// <param name="folder">Receives BenchmarkDotNet's own files.</param>
    /// <param name="isHalf">Whether half of the iterations are enough.</param>
    /// <exception cref="InvalidOperationException">A layer could not be measured.</exception>
    public static IReadOnlyList<LayerCost> Measure(IReadOnlyList<Layer> layers, MicroBenchmarkMode mode, string folder, bool isHalf)
    {
        Selected = layers;
        WarmUpRounds = mode switch { MicroBenchmarkMode.Full => 3, MicroBenchmarkMode.Quick => 1, _ => 0 };
        using var log = new StreamLogger(Path.Combine(folder, "benchmarkdotnet.log"));
        var config = ManualConfig.CreateEmpty()
            .AddJob(JobOf(mode, isHalf))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(JsonExporter.Full, MarkdownExporter.GitHub)
            .AddLogger(log)
            .WithArtifactsPath(folder);
        var reports = BenchmarkRunner.Run<LayerBenchmark>(config).Reports.ToDictionary(report => (string)report.BenchmarkCase.Parameters[nameof(LayerBenchmark.Name)]!, StringComparer.Ordinal);
        string[] failed = [.. layers.Select(layer => layer.Name).Where(name => !reports.TryGetValue(name, out var report) || !report.Success)];
        return failed.Length == 0
            ? [.. layers.Select(layer => CostOf(layer, reports[layer.Name], mode))]
            : throw new InvalidOperationException($"{string.Join(", ", failed)} could not be measured. The reason is in {Path.Combine(folder, "benchmarkdotnet.log")}.");
    }

    /// <summary>Says which layer is measured now.</summary>
    public static void Announce(string name) => Console.WriteLine($"[{Interlocked.Increment(ref s_announced)}/{Selected.Count}] {name}");

    private static Job JobOf(MicroBenchmarkMode mode, bool isHalf)
    {
        // In this process: a project of its own for each layer would take a build for each. CPU time instead of the clock's:
        // what other processes take away, and what is spent waiting for a socket, are no cost of the layer.
        var job = Job.Default.WithId(mode.ToString()).WithToolchain(InProcessEmitToolchain.Instance).WithClock(new ProcessCpuClock())

            // What calling an operation costs is a layer of its own, which the others stand on.
            .WithEvaluateOverhead(false);
        return mode switch
        {
            MicroBenchmarkMode.Full => job.WithWarmupCount(6).WithIterationCount(isHalf ? 8 : 15).WithIterationTime(TimeInterval.FromMilliseconds(250)),
            MicroBenchmarkMode.Quick => job.WithWarmupCount(2).WithIterationCount(isHalf ? 4 : 6).WithIterationTime(TimeInterval.FromMilliseconds(100)),
            _ => job.WithStrategy(RunStrategy.ColdStart).WithWarmupCount(0).WithIterationCount(1).WithInvocationCount(1).WithUnrollFactor(1),
        };
    }

    private static LayerCost CostOf(Layer layer, BenchmarkReport report, MicroBenchmarkMode mode)
    {
        var measured = report.ResultStatistics!;
        var interval = measured.GetConfidenceInterval(ConfidenceLevel.L95);
        return new LayerCost
        {
            Layer = layer.Name,
            Over = layer.Over,
            Unit = layer.Unit,
            NanosecondsPerUnit = mode == MicroBenchmarkMode.Smoke ? null : new LayerInterval(measured.Mean / layer.Units, interval.Lower / layer.Units, interval.Upper / layer.Units),
            ColdNanosecondsPerUnit = mode == MicroBenchmarkMode.Smoke ? null : ColdCaches.Measure(layer),
            AllocatedBytesPerUnit = (double)report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true)!.Value / report.GcStats.TotalOperations / layer.Units,
        };
    }
}

/// <summary>The CPU time of this process, all threads together, user and system.</summary>
internal sealed class ProcessCpuClock : IClock
{
    /// <inheritdoc/>
    public string Title => "CPU time of the process";

    /// <inheritdoc/>
    public bool IsAvailable => !OperatingSystem.IsBrowser() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS();

    /// <inheritdoc/>
    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    /// <inheritdoc/>
    public long GetTimestamp() => IsAvailable ? Environment.CpuUsage.TotalTime.Ticks : Stopwatch.GetTimestamp();
}
