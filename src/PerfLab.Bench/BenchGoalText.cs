using System.Globalization;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench;

/// <summary>A goal of a bench as a line of a table.</summary>
internal static class BenchGoalText
{
    /// <summary>Writes it.</summary>
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
        var interval = goal is { Low: { } low, High: { } high } ? FormattableString.Invariant($"  ({low:#,0.00} to {high:#,0.00})") : string.Empty;
        return new(FormattableString.Invariant($"{word} {goal.Name,-50}{value,14}  {goal.Limit}{interval}").TrimEnd(), style);
    }
}
