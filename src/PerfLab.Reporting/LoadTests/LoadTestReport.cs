using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;

namespace PerfLab.Reporting.LoadTests;

/// <summary>What a person sees of a load test. Made from its record alone, so that a record on disk shows the same.</summary>
public static class LoadTestReport
{
    /// <summary>Composes the lines of the result, aligned for a font of fixed width and at most 100 characters.</summary>
    /// <param name="record">The load test.</param>
    public static IReadOnlyList<TerminalText> Compose(LoadTestRecord record) =>
        [.. LoadTestHeader.Of(record), .. LatencyTable.Of(record), .. RequestTable.Of(record), .. SpectrumText.Of(record), .. LoadTestFooter.Of(record)];

    /// <summary>Draws the percentile spectrum of response time and service time.</summary>
    /// <param name="record">The load test.</param>
    /// <param name="path">A file that ends in <c>.png</c> or <c>.svg</c>; it is replaced.</param>
    /// <returns>False when there are too few answers to draw anything; then nothing is written.</returns>
    /// <exception cref="ArgumentException">The file has another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static bool WriteChart(LoadTestRecord record, string path)
    {
        if (!CanWriteChart(path))
        {
            throw new ArgumentException($"'{path}' ends neither in .png nor in .svg (chart). Give it one of the two endings.", nameof(path));
        }

        if (!LoadSpectrumChart.CanShow(record))
        {
            return false;
        }

        var chart = new LoadSpectrumChart(record);
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            NamedOutput.Write(path, ChartImage.Png(chart));
        }
        else
        {
            NamedOutput.Write(path, ChartImage.SvgFile(chart));
        }

        return true;
    }

    /// <summary>Says whether charts can be written into a file of this name.</summary>
    /// <param name="path">The file.</param>
    public static bool CanWriteChart(string path) =>
        path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The first lines of a load test's result: what was asked for, and what became of it.</summary>
internal static class LoadTestHeader
{
    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record) =>
    [
        new(DisplayText.Clean($"{record.Setting.Method} {record.Setting.Url}"), TerminalStyle.Strong),
        new(Setting(record.Setting), TerminalStyle.Muted),
        .. record.Completed ? [] : new TerminalText[] { new(Text($"Interrupted after {record.WindowSeconds:0.0} s: this is what was measured until then."), TerminalStyle.Doubtful) },
        new(string.Empty),
        new("Rate        " + Rates(record)),
        new("Requests    " + Counts(record.Counts)),
        .. Errors(record),
    ];

    private static string Setting(LoadTestSettings setting)
    {
        var warmUp = setting.WarmUpSeconds > 0 ? Text($", after {setting.WarmUpSeconds:0.###} s of warm-up") : string.Empty;
        return Text($"{setting.Simulations}{warmUp}; {setting.Driver}, HTTP/{setting.HttpVersion}, at most {setting.MaxInFlight:#,0} in flight, seed {setting.Seed}");
    }

    private static string Rates(LoadTestRecord record)
    {
        var offered = record.OfferedPerSecond is { } rate ? Text($"offered {rate:#,0.0}/s, ") : string.Empty;
        return record.AchievedPerSecond is { } achieved
            ? Text($"{offered}achieved {achieved:#,0.0}/s, answered {record.AnsweredPerSecond:#,0.0}/s over the measured {record.WindowSeconds:#,0.0} s")
            : "not measured";
    }

    private static string Counts(RequestCounts counts)
    {
        var late = counts.Late is { } number ? Text($", {number:#,0} late (> 1 ms)") : string.Empty;
        return Text($"{counts.Offered:#,0} offered, {counts.Answered:#,0} answered, {counts.Dropped:#,0} dropped{late}, {counts.Errors:#,0} errors");
    }

    private static IEnumerable<TerminalText> Errors(LoadTestRecord record) => record.Errors
        .OrderByDescending(error => error.Value)
        .Select(error => new TerminalText(
            Text($"            {error.Value:#,0} {error.Key}: {DisplayText.Clean(record.ErrorExamples.GetValueOrDefault(error.Key, "no example"))}"),
            TerminalStyle.Costly));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The last lines of a load test's result: what it cost, what to know before believing it, and the thresholds.</summary>
internal static class LoadTestFooter
{
    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record) =>
    [
        new(string.Empty),
        new("Generator   " + Generator(record.Generator)),
        .. record.Findings.Select(finding => new TerminalText(
            $"{(finding.Severity >= FindingSeverity.Warning ? "!" : "-")} {DisplayText.Clean(FindingWording.Of(finding).Facts)}. {DisplayText.Clean(FindingWording.Of(finding).Advice)}",
            finding.Severity >= FindingSeverity.Warning ? TerminalStyle.Doubtful : TerminalStyle.Muted)),
        .. record.Thresholds.Select(threshold => new TerminalText(
            DisplayText.Clean($"{(threshold.Outcome == LoadThresholdOutcome.Passed ? "ok " : "NOT")} {threshold.Sentence}"),
            threshold.Outcome == LoadThresholdOutcome.Passed ? TerminalStyle.Good : TerminalStyle.Bad)),
    ];

    private static string Generator(LoadGeneratorUsage use)
    {
        var cores = use.Cores == 1 ? "1 core" : string.Create(CultureInfo.InvariantCulture, $"{use.Cores} cores");
        string[] parts =
        [
            use.CpuShare is { } share ? $"{QuantityFormat.Percent(share)} of {cores}" : "processor time not measured",
            .. use.ConnectionsOpened is { } opened ? [$"{DisplayText.Count(opened)} connections made"] : Array.Empty<string>(),
            .. use.BytesSent is { } sent ? [$"{Bytes(sent)} sent"] : Array.Empty<string>(),
            $"{Bytes(use.BytesReceived)} received",
        ];
        return string.Join(", ", parts);
    }

    private static string Bytes(long bytes) => QuantityFormat.For(MetricUnit.Bytes, bytes).WithUnit(bytes);
}
