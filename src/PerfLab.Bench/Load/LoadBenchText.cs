using System.Globalization;
using PerfLab.Reporting.Terminal;
using PerfLab.Statistics;

namespace PerfLab.Bench.Load;

/// <summary>A bench of the load engine as a table.</summary>
public static class LoadBenchText
{
    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(LoadBenchRecord record) =>
    [
        new("Closed loop on one core, medians", TerminalStyle.Strong),
        new(Text($"{"tool",-12}{"answered/s",12}{"µs CPU/request",16}{"share of core",15}{"errors",8}"), TerminalStyle.Muted),
        .. record.Tools.Select(tool => Tool(tool, [.. record.Rounds.Where(round => round.Tool == tool.Name)])),
        new(string.Empty),
        new("Goals", TerminalStyle.Strong),
        .. record.Goals.Select(BenchGoalText.Of),
        new(string.Empty),
        new("A server that froze", TerminalStyle.Strong),
        new(Text($"{string.Empty,-12}{"arithmetic",12}{"response time",16}{"service time",15}"), TerminalStyle.Muted),
        .. record.Freeze.Points.Select(Point),
    ];

    private static TerminalText Tool(BenchTool tool, IReadOnlyList<BenchRound> rounds) => rounds.Count == 0
        ? new(Text($"{tool.Name,-12}{tool.Absence ?? "not measured"}"), TerminalStyle.Muted)
        : new(Text($"{tool.Name,-12}{Median(rounds, round => round.AnsweredPerSecond),12:#,0}{Median(rounds, round => round.CpuSecondsPerRequest) * 1e6,16:0.00}{Median(rounds, round => round.CpuSeconds / round.Seconds) * 100,13:0} %{rounds.Sum(round => round.Errors),8:#,0}"));

    private static TerminalText Point(FreezePoint point)
    {
        var name = point.Percentile.Equals(100) ? "max" : Text($"p{point.Percentile}");
        return new(Text($"{name,-12}{point.AnalyticSeconds * 1e3,9:#,0.0} ms{point.ResponseSeconds * 1e3,13:#,0.0} ms{point.ServiceSeconds * 1e3,12:#,0.0} ms"));
    }

    private static double Median(IReadOnlyList<BenchRound> rounds, Func<BenchRound, double> of) => Quantile.Median([.. rounds.Select(of)]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
