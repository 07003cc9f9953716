using PerfLab.Reporting.Wording;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.LoadTests;

/// <summary>Response time and service time side by side.</summary>
internal static class LatencyTable
{
    private static readonly double[] Shown = [50, 75, 90, 95, 99, 99.9];

    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record)
    {
        if (record.ResponseTime is not { } response || record.ServiceTime is not { } service)
        {
            return [new(string.Empty), new(record.Counts.Offered == 0 ? "No request was due: there is no response time." : "No request was answered: there is no response time.", TerminalStyle.Bad)];
        }

        return
        [
            new(string.Empty),
            new(Row(string.Empty, "response time", "service time", "start lateness"), TerminalStyle.Strong),
            new(Row(string.Empty, "intended start", "actual send", "intended start"), TerminalStyle.Muted),
            new(Row(string.Empty, "to answer", "to answer", "to actual send"), TerminalStyle.Muted),
            .. Shown.Select(percentile => Line($"p{percentile.ToString(System.Globalization.CultureInfo.InvariantCulture)}", record, summary => At(summary, percentile))),
            Line("max", record, summary => Duration(summary.MaxSeconds)),
            Line("mean", record, summary => Duration(summary.MeanSeconds)),
        ];

        static string At(LatencySummary summary, double percentile) => PercentileValues.Suffice(percentile, summary.Count)
            ? Duration(summary.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds)
            : "too few answers";
    }

    /// <summary>Shows a duration with the unit that it needs by itself.</summary>
    public static string Duration(double seconds) => QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds);

    private static TerminalText Line(string name, LoadTestRecord record, Func<LatencySummary, string> of) =>
        new(Row(name, Cell(record.ResponseTime, of), Cell(record.ServiceTime, of), Cell(record.StartLateness, of)));

    private static string Cell(LatencySummary? summary, Func<LatencySummary, string> of) => summary is null ? "-" : of(summary);

    private static string Row(string name, string response, string service, string lateness) => $"{name,-8}{response,16}{service,16}{lateness,18}".TrimEnd();
}
