using System.Text;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting;

/// <summary>Writes tables in GitHub's Markdown.</summary>
internal static class MarkdownTables
{
    /// <summary>Writes arms down and metrics across.</summary>
    public static void Metrics(StringBuilder text, ReportTable table)
    {
        text.Append("### ").Append(table.Title).Append("\n\n");
        if (table.Note is { } note)
        {
            text.Append(MarkdownText.Escape(note)).Append("\n\n");
        }

        Row(text, table.Columns.Select(Header).Prepend("Arm"));
        Row(text, table.Columns.Select(_ => "---:").Prepend("---"));
        foreach (var row in table.Rows)
        {
            var mark = ArmLabel.For(row.Role) is { } word ? $" ({word})" : string.Empty;
            Row(text, row.Cells.Select(Cell).Prepend(MarkdownText.Escape(row.Arm) + mark));
        }

        text.Append('\n');
    }

    /// <summary>Writes the table of a section that only some runs have.</summary>
    public static void Extra(StringBuilder text, ReportSection section)
    {
        Row(text, section.Headers.Select(MarkdownText.Escape));
        Row(text, section.Headers.Select((_, index) => index == 0 ? "---" : "---:"));
        foreach (var row in section.Rows)
        {
            Row(text, row.Select(MarkdownText.Escape));
        }

        text.Append('\n');
    }

    /// <summary>Writes the table of the first screen.</summary>
    public static void Overview(StringBuilder text, ArmOverview overview)
    {
        Row(text, ["Arm", .. overview.Columns.Select(column => MarkdownText.Escape(column.Title)), "What you give up"]);
        Row(text, ["---", .. overview.Columns.Select(_ => "---:"), "---"]);
        foreach (var row in overview.Rows)
        {
            var mark = row.Choice is { } choice ? $" (**{choice}**)" : row.IsBroken ? " (broken)" : row.Mark is { } word ? $" ({word})" : string.Empty;
            Row(text, [MarkdownText.Escape(row.Arm) + mark, .. row.Cells.Select(Cell), MarkdownText.Escape(string.Join("; ", row.GivenUp))]);
        }

        text.Append('\n');
        foreach (var remark in overview.Remarks)
        {
            text.Append(MarkdownText.Escape(remark)).Append("\n\n");
        }

        static string Cell(OverviewCell cell) => cell.Value is null ? cell.Absence
            : cell.Statement is { } said ? $"{cell.Value}, {said.Words}{(said.Note is { } note ? $" ({note})" : string.Empty)}"
            : cell.Value;
    }

    /// <summary>Writes what the control showed.</summary>
    public static void Control(StringBuilder text, IReadOnlyList<ControlLine> lines)
    {
        Row(text, ["The control against the baseline", "Change", "Interval", "Threshold", "Verdict"]);
        Row(text, ["---", "---:", "---:", "---:", "---"]);
        foreach (var line in lines)
        {
            Row(text, [MarkdownText.Escape(line.Metric), line.Change ?? "–", line.Range ?? "no interval", line.Threshold, Words(line.Verdict)]);
        }

        text.Append('\n');
    }

    private static string Header(ReportColumn column)
    {
        var threshold = column.Threshold is null ? string.Empty : $"<br>matters beyond {column.Threshold}";
        return MarkdownText.Escape(column.TitleWithUnit) + threshold;
    }

    private static string Cell(ReportCell cell)
    {
        if (cell.Value is null)
        {
            return cell.Absence;
        }

        var change = cell.Change is null ? string.Empty : $" {cell.Change}";
        var range = cell.Range is null ? string.Empty : $"<br>{cell.Range}";
        var verdict = cell.Verdict is null ? string.Empty : $"<br>{Words(cell.Verdict)}";
        var doubt = cell.Caveat is null ? string.Empty : $", {cell.Caveat}";
        return $"**{cell.Value}**{change}{range}{verdict}{doubt}";
    }

    private static string Words(VerdictLabel verdict) => $"{verdict.Sign} {verdict.Word}";

    /// <summary>Writes one row of cells that are Markdown already.</summary>
    public static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
