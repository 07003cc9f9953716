using System.Globalization;
using PerfLab.Experiments.Results.Benches;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Reporting.Benches;

/// <summary>A bench of the probe as a table.</summary>
public static class ProbeBenchText
{
    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(ProbeBenchRecord record) =>
    [
        new(Text($"The baseline of {record.Scenario} with the probe against without it, runtime {record.Runtime}"), TerminalStyle.Strong),
        new(Text($"{record.LaunchSets} launch sets, {record.Run}. Read {record.ReadingsPerSecond:0.#} times per second: {string.Join(", ", record.Readings.Select(arm => $"{arm.Key} by {arm.Value}"))}.")),
        new(string.Empty),
        .. record.Goals.Select(BenchGoalText.Of),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
