using System.Globalization;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Results.LoadTests;
using PerfLab.Experiments.Thresholds.Measured;
using PerfLab.Reporting.Formatting;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.LoadTests;

/// <summary>The last lines of a load test's result: what it cost, what to know before believing it, and the thresholds.</summary>
internal static class LoadTestClosing
{
    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record) =>
    [
        new(string.Empty),
        new("Generator   " + Generator(record.Generator)),
        .. record.Findings.Select(finding => new TerminalText(
            $"{(finding.Severity >= FindingSeverity.Warning ? "!" : "-")} {DisplayText.Clean(finding.Facts)}. {DisplayText.Clean(finding.Advice)}",
            finding.Severity >= FindingSeverity.Warning ? TerminalStyle.Doubtful : TerminalStyle.Muted)),
        .. record.Thresholds.Select(threshold => new TerminalText(
            DisplayText.Clean($"{(threshold.Outcome == LoadThresholdOutcome.Passed ? "ok " : "NOT")} {threshold.Sentence}"),
            threshold.Outcome == LoadThresholdOutcome.Passed ? TerminalStyle.Good : TerminalStyle.Bad)),
    ];

    private static string Generator(LoadGeneratorUse use)
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
