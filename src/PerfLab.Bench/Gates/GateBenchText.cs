using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench.Gates;

/// <summary>A bench of the gate as a table.</summary>
public static class GateBenchText
{
    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(GateBenchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
        [
            new(Text($"{record.Nights} nights for each head, drawn from the {record.Source.LaunchSets} launch sets of {record.Source.RunId}"), TerminalStyle.Strong),
            new(Text($"Each has {record.LaunchSetsOfNight} launch sets for its first look and {record.LaunchSetsOfNight} others for the second (seed {GateBench.Seed}).")),
            new(string.Empty),
            new($"{"head",-12} {"metric",-16} {"threshold",10} {"change over all launch sets",30} {"found",6} {"undecided",10} {"passed",7} {"not judged",11} {"blocked",8}", TerminalStyle.Strong),
            .. record.Heads.SelectMany(head => head.Metrics.Select(metric => new TerminalText(Row(head, metric)))),
            new(string.Empty),
            new("Goals", TerminalStyle.Strong),
            .. record.Goals.Select(BenchGoalText.Of),
        ];
    }

    private static string Row(DrawnHead head, DrawnMetric metric)
    {
        var change = metric.Change is { } interval ? Text($"{interval.Estimate * 100:+0.00;-0.00} % ({interval.Low * 100:0.00} to {interval.High * 100:0.00})") : "not measured";
        var passed = metric.Nights.GetValueOrDefault(GateOutcome.Passed) + metric.Nights.GetValueOrDefault(GateOutcome.Improved);
        return Text($"{head.Arm,-12} {MetricCatalog.Get(metric.Metric).Key,-16} {metric.Threshold * 100,8:0.0} % {change,30} {metric.Found,6} {metric.Nights.GetValueOrDefault(GateOutcome.Undecided),10} {passed,7} {metric.Nights.GetValueOrDefault(GateOutcome.NotJudged),11} {metric.Blocked,8}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
