namespace PerfLab.Experiments.Results;

/// <summary>What each layer on the path of a span costs by itself, as <c>./run.sh micro</c> writes it.</summary>
public sealed record MicroBenchmarkRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file in the folder of a run.</summary>
    public const string FileName = "layers.json";

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets how long it measured.</summary>
    public required MicroBenchmarkMode Mode { get; init; }

    /// <summary>Gets the machine; null until the program that started the benchmarks has added it.</summary>
    public required MachineFingerprint? Machine { get; init; }

    /// <summary>Gets the versions of the measured libraries.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Gets the layers, each after the one that it stands on.</summary>
    public required IReadOnlyList<LayerCost> Layers { get; init; }

    /// <summary>Gets the layers that allocate something else than expected of these versions; null where nothing is expected, or it was not checked.</summary>
    public required IReadOnlyList<AllocationDeviation>? AllocationDeviations { get; init; }

    /// <summary>Names a mode in folders and reports.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not stated.</exception>
    public static string NameOf(MicroBenchmarkMode mode) => mode switch
    {
        MicroBenchmarkMode.Full => "full",
        MicroBenchmarkMode.Quick => "quick",
        MicroBenchmarkMode.Smoke => "smoke",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode is not stated. Use Full, Quick or Smoke."),
    };

    /// <summary>Reads the file of a folder, or a file.</summary>
    /// <param name="path">Either.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static MicroBenchmarkRecord Read(string path) =>
        RunFolder.Read<MicroBenchmarkRecord>(Directory.Exists(path) ? Path.Combine(path, FileName) : path, CurrentFormatVersion);
}

/// <summary>How long the layers are measured.</summary>
public enum MicroBenchmarkMode
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>15 iterations of a quarter of a second each.</summary>
    Full = 1,

    /// <summary>6 iterations of a tenth of a second each.</summary>
    Quick = 2,

    /// <summary>Each operation once: shows that it works, and measures nothing.</summary>
    Smoke = 3,
}

/// <summary>What a layer costs.</summary>
public sealed record LayerCost
{
    /// <summary>Gets the layer's name.</summary>
    public required string Layer { get; init; }

    /// <summary>Gets the layer whose operation this one contains; null for the empty operation.</summary>
    public required string? Over { get; init; }

    /// <summary>Gets what the figures count.</summary>
    public required LayerUnit Unit { get; init; }

    /// <summary>Gets the CPU time of the process per unit, with what it contains, in nanoseconds; null where nothing was measured.</summary>
    public required LayerInterval? NanosecondsPerUnit { get; init; }

    /// <summary>
    /// Gets the time per unit, with what it contains, when code and data are no longer in the caches of the processor's core, in
    /// nanoseconds; null where other threads take part, and in records of earlier versions.
    /// </summary>
    public LayerInterval? ColdNanosecondsPerUnit { get; init; }

    /// <summary>Gets the managed bytes allocated per unit, with what it contains.</summary>
    public required double AllocatedBytesPerUnit { get; init; }
}

/// <summary>A layer that allocates something else than expected, compiled once and without a profile.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="ExpectedBytesPerOperation">Managed bytes; null where nothing is expected of this layer yet.</param>
/// <param name="AllocatedBytesPerOperation">Managed bytes.</param>
public sealed record AllocationDeviation(string Layer, double? ExpectedBytesPerOperation, double AllocatedBytesPerOperation);

/// <summary>What a layer's figures count.</summary>
public enum LayerUnit
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Spans.</summary>
    Span = 1,

    /// <summary>Requests, served or sent.</summary>
    Request = 2,

    /// <summary>Contexts of spans, written into headers or read from them.</summary>
    Context = 3,
}

/// <summary>A mean with its 95 % confidence interval over iterations (Student's t), as BenchmarkDotNet computes it.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public sealed record LayerInterval(double Mean, double Low, double High);
