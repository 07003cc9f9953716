using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;
using PerfLab.Statistics;

namespace PerfLab.Reporting.Terminal;

/// <summary>What a person who watches a run sees between two launch sets: the table of the summary so far, and that it decides nothing.</summary>
public sealed record ProvisionalSummary
{
    /// <summary>Gets how far the run is, and that this is provisional.</summary>
    public required TerminalText Lead { get; init; }

    /// <summary>Gets what the table shows.</summary>
    public required TerminalText Caption { get; init; }

    /// <summary>Gets the table's columns, those of <see cref="TerminalSummary"/>.</summary>
    public required IReadOnlyList<TerminalColumn> Columns { get; init; }

    /// <summary>Gets the table's rows, one for each arm in plan order; each has as many cells as there are columns.</summary>
    public required IReadOnlyList<IReadOnlyList<TerminalText>> Rows { get; init; }

    /// <summary>Gets the intervals so far, a line for each arm but the baseline; one line that says why, where there are none yet.</summary>
    public required IReadOnlyList<TerminalText> Intervals { get; init; }

    /// <summary>Composes it.</summary>
    /// <param name="analysis">What the numbers say so far, of at least one launch set.</param>
    /// <param name="width">Characters of a line: what does not fit is left out of the table.</param>
    public static ProvisionalSummary Compose(RunAnalysis analysis, int width = TerminalTable.LeastWidth)
    {
        var table = TerminalTable.Fitting(analysis, width, isProvisional: true);
        return new ProvisionalSummary
        {
            Lead = new TerminalText($"Provisional, after {analysis.LaunchSets} of {DisplayText.Counted(analysis.Plan.LaunchSets, "launch set")}: {WhatDecides(analysis.Plan)}", TerminalStyle.Strong),
            Caption = TerminalTable.Caption(analysis),
            Columns = table.Columns,
            Rows = table.Rows,
            Intervals = [.. IntervalsOf(analysis).Select(line => new TerminalText(DisplayText.ForTerminal(line)))],
        };
    }

    private static string WhatDecides(Plan plan) => plan.Looks.Count > 1
        ? $"only the planned looks (after {DisplayText.Listed([.. plan.Looks.Select(look => DisplayText.Count(look))])}) and the end of the run decide."
        : "only the end of the run decides.";

    private static IEnumerable<string> IntervalsOf(RunAnalysis analysis)
    {
        var smallest = SignedRankInterval.SmallestCount();
        return analysis.LaunchSets < smallest
            ? [$"No 95 % interval exists below {smallest} launch sets: the changes are estimates without one."]
            : analysis.Arms.Where(arm => arm.Role != ArmRole.Baseline).Select(AnswerWording.WriteProvisional);
    }
}
