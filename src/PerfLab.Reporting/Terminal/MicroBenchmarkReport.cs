using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person sees of the micro benchmarks: a table of layers, and which of them allocate something else than expected.</summary>
public static class MicroBenchmarkReport
{
    private const string Expectations = "src/PerfLab.MicroBenchmarks/allocations.json";

    private static readonly string[] s_headers = ["Layer", "Unit", "CPU", "95 % interval", "allocated", "over", "adds CPU", "adds bytes"];

    /// <summary>Composes the table; one without figures where nothing was measured.</summary>
    /// <param name="record">The measured layers.</param>
    public static TerminalSection Table(MicroBenchmarkRecord record) => new(
        "Layers on the path of a span",
        record.Mode == MicroBenchmarkMode.Smoke
            ? "Each operation ran once. Nothing was measured."
            : $"Nanoseconds of CPU time of the whole process and allocated bytes, per unit, with what the layer contains; then what it adds to the layer in the column before. {Describe(record.Versions)}.",
        s_headers,
        [.. OwnLayerCost.Of(record).Select(Row)],
        WordColumns: [1, 5]);

    /// <summary>Says which layers allocate something else than expected, a sentence each; nothing where all is as expected.</summary>
    /// <param name="record">The measured layers.</param>
    public static IReadOnlyList<TerminalText> Deviations(MicroBenchmarkRecord record) => record switch
    {
        { Mode: MicroBenchmarkMode.Smoke } => [],
        { AllocationDeviations: null } => [new($"No allocations are expected of these versions yet ({Describe(record.Versions)}). Add them to {Expectations}.", TerminalStyle.Doubtful)],
        _ => [.. record.AllocationDeviations.Select(deviation => new TerminalText(Deviation(deviation), TerminalStyle.Bad))],
    };

    private static string Deviation(AllocationDeviation deviation) => deviation.ExpectedBytesPerOperation is { } expected
        ? $"{deviation.Layer} allocates {Bytes(deviation.AllocatedBytesPerOperation)} bytes per operation instead of the expected {Bytes(expected)} ({Signed(deviation.AllocatedBytesPerOperation - expected)})."
        : $"{deviation.Layer} allocates {Bytes(deviation.AllocatedBytesPerOperation)} bytes per operation, and nothing is expected of it yet. Add it to {Expectations}.";

    private static string[] Row(OwnLayerCost cost) =>
    [
        DisplayText.ForTerminal(cost.Layer.Layer),
        Unit(cost.Layer.Unit),
        Nanoseconds(cost.Layer.NanosecondsPerUnit?.Mean),
        Bounds(cost.Layer.NanosecondsPerUnit),
        Bytes(cost.Layer.AllocatedBytesPerUnit),
        cost.Layer.Over ?? string.Empty,
        Nanoseconds(cost.Nanoseconds?.Mean),
        Bytes(cost.AllocatedBytes),
    ];

    private static string Describe(IReadOnlyDictionary<string, string> versions) => string.Join(", ", versions.Select(library => $"{library.Key} {library.Value}"));

    private static string Unit(LayerUnit unit) => unit switch
    {
        LayerUnit.Request => "request",
        LayerUnit.Context => "context",
        _ => "span",
    };

    private static string Bounds(LayerInterval? interval) => interval is null ? string.Empty : $"{Nanoseconds(interval.Low)} to {Nanoseconds(interval.High)}";

    private static string Nanoseconds(double? value) => value?.ToString("#,##0.0", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Bytes(double value) => value.ToString("#,##0.#", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+#,##0.#;-#,##0.#", CultureInfo.InvariantCulture);
}
