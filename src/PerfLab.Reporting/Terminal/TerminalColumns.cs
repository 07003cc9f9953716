using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>Writes a metric into the columns of a terminal's table.</summary>
internal static class TerminalColumns
{
    private const string Nothing = "-";

    /// <summary>Gets the columns of a metric: its value, and its change where it is compared by ratio.</summary>
    public static IEnumerable<TerminalColumn> Of(MetricColumnFormat format)
    {
        var title = format.Metric switch
        {
            MetricId.Cpu => "CPU",
            MetricId.Allocation => "alloc",
            MetricId.ExportedBytes => "sent",
            _ => format.Column.Title,
        };
        yield return new TerminalColumn(DisplayText.ForTerminal(format.Column.Unit.Length == 0 ? title : $"{title}, {format.Column.Unit}"), IsNumber: true);
        if (HasChange(format.Metric))
        {
            yield return new TerminalColumn("change", IsNumber: true);
        }
    }

    /// <summary>Writes an arm's cells into these columns. Intervals stand in the answers: here they would not fit 80 characters.</summary>
    public static IEnumerable<TerminalText> Cells(MetricColumnFormat format, MetricComparison? comparison, ArmRole role)
    {
        var cell = format.Cell(comparison, role);
        yield return new TerminalText(DisplayText.ForTerminal(cell.Value ?? "not measured"), cell.Value is null ? TerminalStyle.Muted : TerminalStyle.Plain);
        if (HasChange(format.Metric))
        {
            yield return new TerminalText(
                Change(cell, comparison),
                cell.Verdict is { } verdict ? StyleOf(verdict.Key) : TerminalStyle.Muted);
        }
    }

    private static bool HasChange(MetricId metric) => !MetricCatalog.Get(metric).IsDifferenceOnly;

    private static string Change(ReportCell cell, MetricComparison? comparison) => (cell.Change, cell.Verdict) switch
    {
        ({ } change, { } verdict) => $"{DisplayText.ForTerminal(change)} {Word(verdict, comparison)}",
        ({ } change, null) => DisplayText.ForTerminal(change),
        (null, { } verdict) => Word(verdict, comparison),
        _ => Nothing,
    };

    // Whole sentences in every row would not fit 80 characters; the caption says what the signs mean.
    private static string Word(VerdictLabel verdict, MetricComparison? comparison) => (verdict.Key, comparison) switch
    {
        ("unsure", { IsOverruledByControl: false, Ratio.Low: > 0 }) => "more?",
        ("unsure", { IsOverruledByControl: false, Ratio.High: < 0 }) => "less?",
        ("unsure", _) => verdict.Sign,
        _ => verdict.InSentence,
    };

    private static TerminalStyle StyleOf(string key) => key switch
    {
        "more" => TerminalStyle.Costly,
        "less" => TerminalStyle.Good,
        "unsure" => TerminalStyle.Doubtful,
        _ => TerminalStyle.Muted,
    };
}
