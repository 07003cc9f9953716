using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person sees of the micro benchmarks: a table of layers, and which of them allocate something else than expected.</summary>
public static class MicroBenchmarkReport
{
    private const string CoreLibrary = "OpenTelemetry";

    // What other threads of the process allocate now and then, spread over all operations.
    private const double LeastBytes = 0.5;

    private const string Expectations = "src/PerfLab.MicroBenchmarks/allocations.json";

    private static readonly string[] s_headers = ["Layer", "CPU", "±", "cold", "adds", "bytes"];

    /// <summary>Composes the table; one without figures where nothing was measured.</summary>
    /// <param name="record">The measured layers.</param>
    public static TerminalSection Table(MicroBenchmarkRecord record) => new(
        "Layers on the path of a span",
        record.Mode == MicroBenchmarkMode.Smoke
            ? "Each operation ran once. Nothing was measured."
            : $"CPU: nanoseconds of the whole process per span, request or context, with what the layer contains, and half of its 95 % interval; cold: the same with cold caches. Then what the layer adds to the one that it stands on, in nanoseconds and allocated bytes; {MicroBenchmarkRecord.FileName} has all of it. {Describe(record.Versions)}.",
        s_headers,
        [.. OwnLayerCost.Of(record).Select(Row)],
        []);

    /// <summary>Says which layers allocate something else than expected, a sentence each; nothing where all is as expected.</summary>
    /// <param name="record">The measured layers.</param>
    public static IReadOnlyList<TerminalText> Deviations(MicroBenchmarkRecord record) => record switch
    {
        { Mode: MicroBenchmarkMode.Smoke } => [],
        { AllocationDeviations: null } => [new($"No allocations are expected of these versions yet ({Describe(record.Versions)}). Add them to {Expectations}.", TerminalStyle.Doubtful)],
        _ => [.. record.AllocationDeviations.Select(deviation => new TerminalText(Deviation(deviation), TerminalStyle.Bad))],
    };

    /// <summary>Composes the table of two sets of libraries; one without figures where nothing was measured.</summary>
    /// <param name="comparison">The layers of both.</param>
    public static TerminalSection Table(LayerComparison comparison) => new(
        $"OpenTelemetry {comparison.Versions[CoreLibrary]} against {comparison.OtherVersions[CoreLibrary]}",
        comparison.Layers.All(layer => layer.Difference is null)
            ? "Each operation ran once. Nothing was measured."
            : $"Nanoseconds of CPU time and allocated bytes per unit, with what the layer contains: {comparison.Versions[CoreLibrary]} less {comparison.OtherVersions[CoreLibrary]}, 95 % interval. Changed beside it: {Changes(comparison)}.",
        ["Layer", "ns", "difference", "", "bytes", "change"],
        [.. comparison.Layers.Select(Row)],
        WordColumns: [3]);

    /// <summary>Says how many layers became cheaper and dearer, which allocate otherwise, and which one of the two does not have.</summary>
    /// <param name="comparison">The layers of both.</param>
    public static IReadOnlyList<TerminalText> Summary(LayerComparison comparison)
    {
        var bytes = comparison.Layers.Where(layer => Math.Abs(layer.AllocatedBytes - layer.OtherAllocatedBytes) >= LeastBytes).ToArray();
        var versions = $"With OpenTelemetry {comparison.Versions[CoreLibrary]}";
        return
        [
            .. comparison.Layers.All(layer => layer.Difference is null) ? [] : new TerminalText[]
            {
                new($"{versions} {Count(LayerVerdict.Cheaper)} layers are cheaper and {Count(LayerVerdict.Dearer)} dearer in CPU time; of {Count(LayerVerdict.CannotTell)} one cannot tell. {bytes.Count(layer => layer.AllocatedBytes < layer.OtherAllocatedBytes)} allocate less and {bytes.Count(layer => layer.AllocatedBytes > layer.OtherAllocatedBytes)} more.", TerminalStyle.Strong),
            },
            .. comparison.OnlyInOne.Count == 0 ? [] : new TerminalText[] { new($"Only one of the two versions has: {string.Join(", ", comparison.OnlyInOne)}.", TerminalStyle.Doubtful) },
        ];

        int Count(LayerVerdict verdict) => comparison.Layers.Count(layer => layer.Verdict == verdict);
    }

    private static string[] Row(LayerDifference layer) =>
    [
        DisplayText.ForTerminal(layer.Layer),
        layer.Nanoseconds is { } one && layer.OtherNanoseconds is { } other ? $"{Short(other)} > {Short(one)}" : string.Empty,
        layer.Difference is { } difference ? $"{SignedShort(difference.Mean)} ({SignedShort(difference.Low)} to {SignedShort(difference.High)})" : string.Empty,
        layer.Difference is null ? string.Empty : layer.Verdict switch
        {
            LayerVerdict.Cheaper => "cheaper",
            LayerVerdict.Dearer => "dearer",
            _ => "cannot tell",
        },
        layer.Difference is null ? string.Empty : Short(layer.AllocatedBytes),
        layer.Difference is null ? string.Empty : Math.Abs(layer.AllocatedBytes - layer.OtherAllocatedBytes) < LeastBytes ? "same" : SignedShort(layer.AllocatedBytes - layer.OtherAllocatedBytes),
    ];

    private static string Changes(LayerComparison comparison) => comparison.Versions.Where(library => library.Key != CoreLibrary && comparison.OtherVersions.TryGetValue(library.Key, out var other) && other != library.Value)
        .Select(library => $"{library.Key} {comparison.OtherVersions[library.Key]} to {library.Value}") is var changes && changes.Any() ? string.Join(", ", changes) : "nothing";

    private static string Short(double value) => value.ToString(Math.Abs(value) < 100 ? "0.#" : "#,##0", CultureInfo.InvariantCulture);

    private static string SignedShort(double value) => value.ToString(Math.Abs(value) < 100 ? "+0.#;-0.#;0" : "+#,##0;-#,##0", CultureInfo.InvariantCulture);

    private static string Deviation(AllocationDeviation deviation) => deviation.ExpectedBytesPerOperation is { } expected
        ? $"{deviation.Layer} allocates {Bytes(deviation.AllocatedBytesPerOperation)} bytes per operation instead of the expected {Bytes(expected)} ({Signed(deviation.AllocatedBytesPerOperation - expected)})."
        : $"{deviation.Layer} allocates {Bytes(deviation.AllocatedBytesPerOperation)} bytes per operation, and nothing is expected of it yet. Add it to {Expectations}.";

    private static string[] Row(OwnLayerCost cost) =>
    [
        DisplayText.ForTerminal(cost.Layer.Layer),
        Nanoseconds(cost.Layer.NanosecondsPerUnit?.Mean),
        Nanoseconds(cost.Layer.NanosecondsPerUnit is { } interval ? (interval.High - interval.Low) / 2 : null),
        Nanoseconds(cost.Layer.ColdNanosecondsPerUnit?.Mean),
        Nanoseconds(cost.Nanoseconds?.Mean),
        Bytes(cost.AllocatedBytes),
    ];

    private static string Describe(IReadOnlyDictionary<string, string> versions) => string.Join(", ", versions.Select(library => $"{library.Key} {library.Value}"));

    private static string Nanoseconds(double? value) => value?.ToString("#,##0.0", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Bytes(double value) => value.ToString("#,##0.#", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+#,##0.#;-#,##0.#", CultureInfo.InvariantCulture);
}
