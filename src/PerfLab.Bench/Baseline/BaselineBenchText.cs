using System.Globalization;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench.Baseline;

/// <summary>A bench of two ways to compare as a table.</summary>
public static class BaselineBenchText
{
    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(BaselineBenchRecord record) =>
    [
        new(Text($"The baseline of {record.Scenario} compared with itself, runtime {record.Runtime}"), TerminalStyle.Strong),
        new(Text($"Naive: {record.NaiveRuns.Select(run => run.Pair).Distinct().Count()} pairs of fresh processes in {record.NaiveSeconds:0} s, {record.NaiveWarmUpSeconds:0.#} s of warm-up, {record.NaiveConnections} connections.")),
        new(Text($"Interleaved: {record.LaunchSets} launch sets in {record.InterleavedSeconds:0} s, {record.InterleavedRun}.")),
        new(string.Empty),
        new(Text($"{"pair",-8}{"first, µs",12}{"second, µs",12}{"seems to cost",16}"), TerminalStyle.Muted),
        .. record.NaiveRuns.GroupBy(run => run.Pair).Where(pair => pair.Count() == 2).Select(Pair),
        new(string.Empty),
        new("What comes of it", TerminalStyle.Strong),
        .. record.Goals.Select(BenchGoalText.Of),
    ];

    private static TerminalText Pair(IGrouping<int, NaiveRun> pair)
    {
        var (first, second) = (pair.First().CpuSecondsPerRequest, pair.Last().CpuSecondsPerRequest);
        return new(Text($"{pair.Key,-8}{first * 1e6,12:0.0}{second * 1e6,12:0.0}{100 * ((second / first) - 1),14:+0.0;-0.0;0.0} %"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
