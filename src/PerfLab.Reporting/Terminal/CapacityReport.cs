using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Metrics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Terminal;

/// <summary>The capacities of a scenario's arms as a table and sentences.</summary>
public static class CapacityReport
{
    // A control that differs by more than this says that the search cannot tell arms apart that do.
    private const double ControlTolerance = 0.05;

    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The search with its answers.</param>
    public static IReadOnlyList<TerminalText> Compose(CapacityRecord record) =>
    [
        new(DisplayText.Clean($"Highest rate of {record.Scenario} that holds {string.Join(" and ", record.ServiceLevel)}"), TerminalStyle.Strong),
        new(Text($"{DisplayText.Counted(record.LaunchSets.Count, "launch set")} of {record.PlannedLaunchSets}; Hodges-Lehmann over launch sets with the exact 95 % interval"), TerminalStyle.Muted),
        .. Trust(record.Answers),
        new(string.Empty),
        new(Row("arm", "requests/s", "change", "cores per 1,000/s", "extra cores per 1,000/s"), TerminalStyle.Muted),
        .. record.Answers.Select(Line),
    ];

    private static IEnumerable<TerminalText> Trust(IReadOnlyList<CapacityResult> answers)
    {
        var control = answers.FirstOrDefault(answer => answer.Role == ArmRole.Control)?.Change;
        if (control is not { Low: { } low, High: { } high })
        {
            yield return new("Undecided: there are too few launch sets for an interval; read the numbers as a first look.", TerminalStyle.Doubtful);
        }
        else if (low > ControlTolerance || high < -ControlTolerance)
        {
            yield return new($"UNTRUSTED: the control, the baseline once more, differs from it by {Percent(control)}. Something else used the machine.", TerminalStyle.Bad);
        }
        else
        {
            yield return new($"The control, the baseline once more, differs from it by {Percent(control)}: smaller changes cannot be seen.", TerminalStyle.Muted);
        }
    }

    private static TerminalText Line(CapacityResult answer) => new(
        Row(
            DisplayText.Name(answer.Arm),
            answer.RequestsPerSecond is { } rate ? Show(rate, value => Text($"{value:#,0}")) : "not found",
            answer.Role == ArmRole.Baseline ? string.Empty : answer.Change is { } change ? Percent(change) : "-",
            answer.CoresPerThousand is { } cores ? Text($"{cores.Value:0.000}") : "not measured",
            answer.Role == ArmRole.Baseline ? string.Empty : answer.ExtraCoresPerThousand is { } extra ? Show(extra, value => Text($"{value:0.000}"), Text($"{extra.Value:+0.000;-0.000;0.000}")) : "-"),
        answer.Role == ArmRole.Variant ? TerminalStyle.Plain : TerminalStyle.Muted);

    private static string Percent(CapacityEstimate estimate) => estimate is { Low: { } low, High: { } high }
        ? PercentText.Change(new Interval(estimate.Value, low, high, RunConfidence.Level))
        : QuantityFormat.SignedPercent(estimate.Value);

    private static string Show(CapacityEstimate estimate, Func<double, string> text, string? signed = null) => estimate is { Low: { } low, High: { } high }
        ? $"{signed ?? text(estimate.Value)} ({text(low)} to {text(high)})"
        : signed ?? text(estimate.Value);

    private static string Row(string arm, string rate, string change, string cores, string extra) =>
        $"{arm,-16}{rate,25}{change,30}{cores,19}{extra,30}".TrimEnd();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
