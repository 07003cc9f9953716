using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using PerfLab.Experiments.Results;

namespace PerfLab.MicroBenchmarks;

/// <summary>The bytes that an operation of each layer allocates, by the versions of the libraries that do it: the file <c>allocations.json</c>.</summary>
/// <param name="FormatVersion">The version of the format.</param>
/// <param name="Expectations">One for each combination of versions.</param>
internal sealed record AllocationExpectations(int FormatVersion, IReadOnlyList<AllocationExpectation> Expectations)
{
    /// <summary>The version that this program reads and writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets where the file lies: beside this program.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "allocations.json");

    /// <summary>Reads the expectations for the libraries that are loaded; null where the file has none for their versions.</summary>
    public static AllocationExpectation? ForLoadedVersions()
    {
        var versions = LibraryVersions.Loaded;
        return ResultsJson.Deserialize<AllocationExpectations>(System.IO.File.ReadAllText(File)).Expectations
            .FirstOrDefault(expectation => expectation.Versions.Count == versions.Count && !expectation.Versions.Except(versions).Any());
    }

    /// <summary>Reads the expectations of the versions that have most in common with the loaded ones, the last of them in the file; null where the file has none.</summary>
    public static AllocationExpectation? Nearest() => ResultsJson.Deserialize<AllocationExpectations>(System.IO.File.ReadAllText(File)).Expectations
        .Reverse()
        .MaxBy(expectation => expectation.Versions.Intersect(LibraryVersions.Loaded).Count());
}

/// <summary>What is expected with certain versions.</summary>
/// <param name="Versions">Version by library; the runtime with its first two numbers.</param>
/// <param name="AllocatedBytesPerOperation">Bytes by layer.</param>
internal sealed record AllocationExpectation(IReadOnlyDictionary<string, string> Versions, IReadOnlyDictionary<string, double> AllocatedBytesPerOperation);

/// <summary>The versions of what is measured.</summary>
internal static class LibraryVersions
{
    /// <summary>Gets the versions by library. Patches of the runtime are left out: none of them changed what is allocated so far.</summary>
    public static IReadOnlyDictionary<string, string> Loaded { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["dotnet"] = Environment.Version.ToString(2),
        ["OpenTelemetry"] = Of(typeof(OpenTelemetry.Sdk)),
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = Of(typeof(OpenTelemetry.Exporter.OtlpTraceExporter)),
        ["OpenTelemetry.Instrumentation.AspNetCore"] = Of(typeof(OpenTelemetry.Instrumentation.AspNetCore.AspNetCoreTraceInstrumentationOptions)),
        ["OpenTelemetry.Instrumentation.Http"] = Of(typeof(OpenTelemetry.Instrumentation.Http.HttpClientTraceInstrumentationOptions)),
    };

    private static string Of(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}

/// <summary>Holds what layers allocate against what is expected.</summary>
internal static class AllocationGuard
{
    /// <summary>The argument with which this program is the guard.</summary>
    public const string Argument = "allocations";

    // The first calls create what is kept, and compile; after them an operation allocates the same every time.
    private const int WarmUpOperations = 50;
    private const int Operations = 20;

    // Other threads of the process allocate now and then, never less than nothing: the least of some measurements has none of it.
    private const int Measurements = 7;

    /// <summary>Measures the bytes that one operation allocates.</summary>
    /// <param name="layer">The layer.</param>
    public static double Measure(Layer layer)
    {
        // On a thread without a context: starting a span copies the context, and its size would be the caller's.
        var bytes = 0.0;
        var thread = new Thread(() => bytes = MeasureHere(layer));
        thread.UnsafeStart();
        thread.Join();
        return bytes;
    }

    /// <summary>Finds the layers that allocate something else than expected.</summary>
    /// <param name="measured">Bytes per operation by layer.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="expectation">What is expected.</param>
    public static IReadOnlyList<AllocationDeviation> Check(IReadOnlyDictionary<string, double> measured, IReadOnlyList<Layer> layers, AllocationExpectation expectation) =>
    [
        .. from layer in layers
           where !layer.AllocationVaries
           let bytes = measured[layer.Name]
           let expected = expectation.AllocatedBytesPerOperation.TryGetValue(layer.Name, out var known) ? known : (double?)null
           where expected is null || Math.Abs(bytes - expected.Value) > layer.AllocationTolerance * expected.Value
           select new AllocationDeviation(layer.Name, expected, bytes),
    ];

    /// <summary>
    /// Measures and checks in a process of its own that compiles everything once: what is allocated then is the same every time,
    /// while hot code is compiled again with what the runtime has learned, which may save an allocation or not.
    /// </summary>
    /// <param name="filter">Part of the names of the layers; null for all.</param>
    /// <returns>The deviations; null where nothing is expected of the loaded versions.</returns>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static IReadOnlyList<AllocationDeviation>? CheckInProcess(string? filter)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AllocationGuard).Assembly.Location, Argument, .. filter is null ? Array.Empty<string>() : [filter]]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start)!;
        var deviations = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<IReadOnlyList<AllocationDeviation>?>(deviations)
            : throw new InvalidOperationException("What the layers allocate could not be measured. The reason stands above.");
    }

    /// <summary>Is that process: writes the deviations to standard output. Versions of which nothing is expected are held against those before them.</summary>
    public static void Run(string? filter)
    {
        var layers = Layer.Find(filter);
        var expectation = AllocationExpectations.ForLoadedVersions() ?? AllocationExpectations.Nearest();
        Console.WriteLine(JsonSerializer.Serialize(expectation is null ? null : Check(layers.ToDictionary(layer => layer.Name, Measure, StringComparer.Ordinal), layers, expectation)));
    }

    private static double MeasureHere(Layer layer)
    {
        using var operation = layer.Create();
        Repeat(operation, WarmUpOperations);
        return Enumerable.Range(0, Measurements).Min(_ =>
        {
            var before = Allocated(layer);
            Repeat(operation, Operations);
            return (double)(Allocated(layer) - before) / Operations;
        });
    }

    // A thread's own count is exact; where others take part, the count of all threads.
    private static long Allocated(Layer layer) => layer.AllocationTolerance > 0 ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    private static void Repeat(LayerOperation operation, int times)
    {
        for (var count = 0; count < times; count++)
        {
            operation.Invoke();
        }
    }
}
