using System.Globalization;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Bench;

/// <summary>What the probe costs, for the table of a bench. There is no bound: the cost is the same for every arm of a run.</summary>
public static class ProbeBenchGoals
{
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>Tells every number.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(ProbeBenchRecord record) =>
    [
        Told("CPU per request by the probe, %", record.CpuChange, 100),
        Told("CPU per request by the probe, µs", record.CpuSecondsPerRequest, MicrosecondsPerSecond),
        Told("CPU per request between two without it, %", record.ControlChange, 100),
    ];

    private static BenchGoal Told(string name, BenchInterval? value, double scale) => value is null
        ? new(name, "-", null, null, null, BenchOutcome.NotMeasured)
        : new(name, "-", scale * value.Estimate, scale * value.Low, scale * value.High, BenchOutcome.Told);
}

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
