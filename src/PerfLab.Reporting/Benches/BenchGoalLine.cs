using System.Globalization;
using PerfLab.Experiments.Results.Benches;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.Benches;

/// <summary>A goal of a bench in a line.</summary>
internal static class BenchGoalLine
{
    /// <summary>Composes the line.</summary>
    public static TerminalText Of(BenchGoal goal)
    {
        var (word, style) = goal.Outcome switch
        {
            BenchOutcome.Met => ("ok ", TerminalStyle.Good),
            BenchOutcome.Missed => ("NOT", TerminalStyle.Bad),
            BenchOutcome.Told => ("-  ", TerminalStyle.Plain),
            _ => ("?  ", TerminalStyle.Doubtful),
        };
        var value = goal.Value is { } number ? number.ToString("#,0.###", CultureInfo.InvariantCulture) : "not measured";
        var interval = goal is { Low: { } low, High: { } high } ? Text($"  ({low:#,0.00} to {high:#,0.00})") : string.Empty;
        return new(Text($"{word} {goal.Name,-50}{value,14}  {goal.Limit}{interval}").TrimEnd(), style);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
