using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.LoadTests;

/// <summary>A row for each name of several requests.</summary>
internal static class RequestTable
{
    private const int NameWidth = 24;

    public static IReadOnlyList<TerminalText> Of(LoadTestRecord record) => record.Requests.Count == 0 ? [] :
    [
        new(string.Empty),
        new(Row("request", "offered", "answered/s", "p50", "p90", "p99", "errors"), TerminalStyle.Strong),
        .. record.Requests.Select(Line),
    ];

    private static TerminalText Line(RequestRecord request)
    {
        var missed = request.Offered - request.Answered;
        var row = Row(
            Shorten(DisplayText.Clean(request.Name)),
            DisplayText.Count(request.Offered),
            request.AnsweredPerSecond is { } rate ? rate.ToString("#,0.0", CultureInfo.InvariantCulture) : "-",
            Percentile(request, 50),
            Percentile(request, 90),
            Percentile(request, 99),
            missed == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{missed:#,0} ({QuantityFormat.Percent((double)missed / request.Offered)})"));
        return new TerminalText(row, missed == 0 ? TerminalStyle.Plain : TerminalStyle.Costly);
    }

    // Of fewer answers it is the maximum.
    private static string Percentile(RequestRecord request, double percentile) => request.ResponseTime is { } time && PercentileValues.Suffice(percentile, time.Count)
        ? LatencyTable.Duration(time.Spectrum.First(point => point.Percentile.Equals(percentile)).Seconds)
        : "-";

    private static string Shorten(string name) => name.Length <= NameWidth ? name : string.Concat(name.AsSpan(0, NameWidth - 3), "...");

    private static string Row(string name, string count, string rate, string median, string p90, string p99, string errors) =>
        $"{name,-NameWidth}{count,10}{rate,12}{median,11}{p90,11}{p99,11}{errors,18}".TrimEnd();
}
