using PerfLab.Analysis;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Reporting.Content;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>Writes a metric into the columns of a terminal's table.</summary>
internal static class TerminalColumns
{
    private const string Nothing = "-";
    private const int BarWidth = 21;

    /// <summary>Gets the columns of a metric: its value, and its change where it is compared by ratio.</summary>
    public static IEnumerable<TerminalColumn> Of(MetricColumnFormat format)
    {
        var title = format.Metric switch
        {
            MetricId.Cpu => "CPU",
            MetricId.Allocation => "alloc",
            MetricId.ExportedBytes => "sent",
            MetricId.P50 => "p50",
            _ => format.Column.Title,
        };
        yield return new TerminalColumn(DisplayText.ForTerminal(format.Column.Unit.Length == 0 ? title : $"{title}, {format.Column.Unit}"), IsNumber: true);
        if (HasChange(format.Metric))
        {
            yield return new TerminalColumn("change", IsNumber: true);
        }
    }

    /// <summary>Writes an arm's cells into these columns. Intervals stand in the answers: here they would not fit 80 characters.</summary>
    /// <param name="format">The metric.</param>
    /// <param name="comparison">The arm's comparison in it; null where the analysis has none.</param>
    /// <param name="role">The arm's role.</param>
    /// <param name="isProvisional">Whether an estimate is shown also where there are too few launch sets for an interval.</param>
    public static IEnumerable<TerminalText> Cells(MetricColumnFormat format, MetricComparison? comparison, ArmRole role, bool isProvisional)
    {
        var cell = format.Cell(comparison, role);
        yield return new TerminalText(DisplayText.ForTerminal(cell.Value ?? cell.Absence), cell.Value is null ? TerminalStyle.Muted : TerminalStyle.Plain);
        if (HasChange(format.Metric))
        {
            yield return new TerminalText(
                isProvisional && comparison?.EarlyRatio is { } early ? DisplayText.ForTerminal(QuantityFormat.For(MetricUnit.Ratio, early).SignedWithUnit(early)) : Change(cell),
                cell.Verdict is { } verdict ? StyleOf(verdict.Key) : TerminalStyle.Muted);
        }
    }

    /// <summary>Draws the interval of a change into a line of characters: <c>|  --o--</c>, from no change on.</summary>
    public static TerminalText Bar(IntervalBar? bar, VerdictLabel? verdict)
    {
        if (bar is null)
        {
            return new TerminalText(string.Empty, TerminalStyle.Muted);
        }

        var line = new char[BarWidth];
        Array.Fill(line, ' ');
        line.AsSpan(Place(bar.Low)..(Place(bar.High) + 1)).Fill('-');
        line[Place(bar.Zero)] = '|';
        line[Place(bar.Estimate)] = 'o';
        return new TerminalText(new string(line), verdict is null ? TerminalStyle.Muted : StyleOf(verdict.Key));

        static int Place(double share) => Math.Clamp((int)Math.Round(share * (BarWidth - 1)), 0, BarWidth - 1);
    }

    private static bool HasChange(MetricId metric) => !MetricCatalog.Get(metric).IsDifferenceOnly;

    private static string Change(ReportCell cell) => (cell.Change, cell.Verdict) switch
    {
        ({ } change, { } verdict) => $"{DisplayText.ForTerminal(change)} {Word(verdict)}",
        ({ } change, null) => DisplayText.ForTerminal(change),
        (null, { } verdict) => Word(verdict),
        _ => Nothing,
    };

    // Whole sentences in every row would not fit 80 characters; the caption says what the signs mean.
    private static string Word(VerdictLabel verdict) => verdict.Key switch
    {
        "open" => $"{char.ToLowerInvariant(verdict.Word[0])}{verdict.Word[1..]}?",
        "nothing" => "none",
        "unsure" => verdict.Sign,
        _ => verdict.InSentence,
    };

    private static TerminalStyle StyleOf(string key) => key switch
    {
        "more" => TerminalStyle.Costly,
        "less" => TerminalStyle.Good,
        "unsure" or "open" => TerminalStyle.Doubtful,
        _ => TerminalStyle.Muted,
    };
}
