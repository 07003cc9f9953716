using System.Globalization;
using System.Text;
using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>The cost ledger of a run for a reader: where the CPU time and the bytes of each arm go, and what nothing explains.</summary>
/// <param name="run">The run's name.</param>
/// <param name="layers">The micro benchmarks.</param>
/// <param name="arms">The arms.</param>
public sealed class CostLedgerReport(string run, MicroBenchmarkRecord layers, IReadOnlyList<ArmCostLedger> arms)
{
    // 80 columns hold no more; the Markdown file has the rest.
    private static readonly string[] s_narrowHeaders = ["Layer", "times", "CPU", "95 % interval", "bytes"];

    private static readonly string[] s_narrowIncrements = ["Arm", "CPU more", "95 % interval", "layers", "bytes", "layers"];

    private static readonly string[] s_increments = ["Arm", "over", "CPU more", "interval", "CPU of the layers", "interval of the layers", "bytes more", "bytes of the layers"];

    private const string IncrementsLead = "What each arm costs more per request than the arm before it, by the launch sets of the run and by the layers. What both have in common is in neither figure.";

    private static readonly string[] s_headers = ["Layer", "per request", "CPU each", "CPU per request", "interval", "bytes each", "bytes per request"];

    /// <summary>Gets a sentence for each arm: how much of its measured cost the layers explain.</summary>
    public IReadOnlyList<TerminalText> Headlines => [.. arms.Select(arm => new TerminalText(Headline(arm), TerminalStyle.Strong))];

    /// <summary>Gets a table for each arm, and one of the differences between them.</summary>
    public IReadOnlyList<TerminalSection> Sections =>
    [
        .. ArmSections,
        .. arms.Any(arm => arm.Increment is not null)
            ? [new TerminalSection("From arm to arm", IncrementsLead, s_narrowIncrements, [.. Increments().Select(row => (IReadOnlyList<string>)[.. new[] { row[0], row[2], row[3], row[4], row[6].Split(" (")[0], row[7] }.Select(DisplayText.ForTerminal)])], [])]
            : Array.Empty<TerminalSection>(),
    ];

    private IReadOnlyList<TerminalSection> ArmSections => [.. arms.Select(arm => new TerminalSection(DisplayText.ForTerminal(arm.Arm), DisplayText.ForTerminal(Lead(arm)), s_narrowHeaders, [.. Rows(arm).Select(Narrow)], []))];

    /// <summary>Writes <c>ledger.md</c>, and <c>ledger.svg</c> and <c>ledger.png</c> with the stacked layers, into a folder.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <returns>The Markdown file.</returns>
    public string Write(string folder)
    {
        var chart = new CostLedgerChart(arms);
        File.WriteAllBytes(Path.Combine(folder, "ledger.png"), ChartImage.Png(chart));
        File.WriteAllText(Path.Combine(folder, "ledger.svg"), ChartImage.SvgFile(chart));
        var text = new StringBuilder("# Cost ledger\n\n").Append(CultureInfo.InvariantCulture, $"Run {MarkdownText.Escape(run)}; layers measured {layers.Started:yyyy-MM-dd HH:mm} UTC ({MicroBenchmarkRecord.NameOf(layers.Mode)}). All intervals are 95 % intervals.\n\n");
        foreach (var arm in arms)
        {
            text.Append("- ").Append(MarkdownText.Escape(Headline(arm))).Append('\n');
        }

        text.Append("\n![").Append(MarkdownText.Escape(chart.Title)).Append("](ledger.svg)\n\n");
        foreach (var arm in arms)
        {
            text.Append("## ").Append(MarkdownText.Escape(arm.Arm)).Append("\n\n").Append(MarkdownText.Escape(Lead(arm))).Append("\n\n");
            MarkdownTables.Extra(text, new ReportSection("ledger", arm.Arm, string.Empty, s_headers, Rows(arm)));
        }

        if (arms.Any(arm => arm.Increment is not null))
        {
            text.Append("## From arm to arm\n\n").Append(IncrementsLead).Append("\n\n");
            MarkdownTables.Extra(text, new ReportSection("ledger", "From arm to arm", string.Empty, s_increments, [.. Increments()]));
        }

        var file = Path.Combine(folder, "ledger.md");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private IEnumerable<IReadOnlyList<string>> Increments() =>
        from arm in arms
        let increment = arm.Increment
        where increment is not null
        select (IReadOnlyList<string>)
        [
            arm.Arm,
            increment.Over,
            increment.MeasuredNanoseconds is { } time ? Time(time.Mean) : "not measured",
            Bounds(increment.MeasuredNanoseconds),
            Time(increment.LayersNanoseconds.Mean),
            Bounds(increment.LayersNanoseconds),
            Measured(increment.MeasuredBytes),
            Bytes(increment.LayersBytes),
        ];

    private static string Measured(LayerInterval? bytes) => bytes is null ? "not measured" : $"{Bytes(bytes.Mean)} ({Bytes(bytes.Low)} to {Bytes(bytes.High)})";

    // Without the intervals of bytes and the figures of a single unit.
    private static List<string> Narrow(IReadOnlyList<string> row) =>
        [.. new[] { row[0].Replace(" instrumentation", string.Empty, StringComparison.Ordinal), row[1], row[3], row[4], row[6].Split(" (")[0] }.Select(DisplayText.ForTerminal)];

    private static string Headline(ArmCostLedger arm) => $"{arm.Arm}: {Explained(arm.ExplainedCpuRatio, "CPU time")}{Cold(arm.ColdExplainedCpuRatio)}; {Explained(arm.ExplainedBytesRatio, "allocated bytes")}.";

    private static string Cold(LayerInterval? ratio) => ratio is null
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", {100 * ratio.Mean:0} % ({100 * ratio.Low:0} to {100 * ratio.High:0}) with cold caches");

    private static string Explained(LayerInterval? ratio, string noun) => ratio is null
        ? $"the overhead in {noun} may be none, so no share of it is explained"
        : string.Create(CultureInfo.InvariantCulture, $"explained {100 * ratio.Mean:0} % ({100 * ratio.Low:0} to {100 * ratio.High:0}) of the {noun}");

    private static string Lead(ArmCostLedger arm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{arm.CreatedSpansPerRequest:0.##} spans are created per request and {arm.SampledSpansPerRequest:0.##} of them sampled{(arm.SpansPerExport is { } size ? $", {size:0} in each export" : string.Empty)}. Against the baseline, per request.");

    private static IReadOnlyList<IReadOnlyList<string>> Rows(ArmCostLedger arm) =>
    [
        .. arm.Rows.Select(row => (IReadOnlyList<string>)
        [
            CostLedgerChart.NameOf(row.Part),
            row.UnitsPerRequest.ToString("0.###", CultureInfo.InvariantCulture),
            Time(row.NanosecondsPerRequest.Mean / row.UnitsPerRequest),
            Time(row.NanosecondsPerRequest.Mean),
            Bounds(row.NanosecondsPerRequest),
            Bytes(row.BytesPerRequest / row.UnitsPerRequest),
            Bytes(row.BytesPerRequest),
        ]),
        Total("garbage collector, pauses", arm.CollectorNanosecondsPerRequest, string.Empty),
        Total("sum of the layers", arm.SumNanosecondsPerRequest, Bytes(arm.SumBytesPerRequest)),
        .. arm.ColdSumNanosecondsPerRequest is { } cold ? new[] { Total("sum with cold caches", cold, string.Empty) } : [],
        Total("measured", arm.MeasuredNanosecondsPerRequest, Measured(arm.MeasuredBytesPerRequest)),
        Total("not explained", arm.UnexplainedNanosecondsPerRequest, arm.MeasuredBytesPerRequest is { } measured ? Bytes(measured.Mean - arm.SumBytesPerRequest) : string.Empty),
    ];

    private static string[] Total(string name, LayerInterval? time, string bytes) =>
        [name, string.Empty, string.Empty, time is null ? "not measured" : Time(time.Mean), Bounds(time), string.Empty, bytes];

    private static string Bounds(LayerInterval? interval) => interval is null ? string.Empty : $"{Time(interval.Low)} to {Time(interval.High)}";

    private static string Time(double nanoseconds) => QuantityFormat.For(MetricUnit.Seconds, nanoseconds / 1e9).WithUnit(nanoseconds / 1e9);

    private static string Bytes(double bytes) => bytes.ToString("#,##0", CultureInfo.InvariantCulture);
}
