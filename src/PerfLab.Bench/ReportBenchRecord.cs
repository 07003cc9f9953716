using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Terminal;
using PerfLab.Statistics;

namespace PerfLab.Bench;

/// <summary>How long the report of a large run takes and how large it is, as <c>./run.sh bench report</c> writes it.</summary>
public sealed record ReportBenchRecord
{
    /// <summary>The version that this PerfLab writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the version of the format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when it began, in coordinated universal time.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets the machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the run that is reported.</summary>
    public required ReportedRun Run { get; init; }

    /// <summary>Gets the time of each report, from the start of its process to its end.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>Gets the size of <c>report.html</c>.</summary>
    public required long HtmlBytes { get; init; }

    /// <summary>Gets the goals with what came of them; made from all of the above.</summary>
    public required IReadOnlyList<BenchGoal> Goals { get; init; }
}

/// <summary>The run that is reported.</summary>
/// <param name="Arms">Its arms, baseline and control among them.</param>
/// <param name="LaunchSets">Its launch sets.</param>
/// <param name="RawBytes">The size of its launch sets on disk.</param>
public sealed record ReportedRun(int Arms, int LaunchSets, long RawBytes);

/// <summary>What the report of a large run must keep.</summary>
public static class ReportBenchGoals
{
    private const double MostSeconds = 3;
    private const double MostBytes = 1e6;
    private const double BytesPerMegabyte = 1e6;

    /// <summary>Judges them.</summary>
    /// <param name="record">The bench; its own goals are not looked at.</param>
    public static IReadOnlyList<BenchGoal> Judge(ReportBenchRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var median = Quantile.Median([.. record.Seconds]);
        return
        [
            new("time of a report, median, s", "below 3", median, record.Seconds.Min(), record.Seconds.Max(), median < MostSeconds ? BenchOutcome.Met : BenchOutcome.Missed),
            new("report.html, MB", "below 1", record.HtmlBytes / BytesPerMegabyte, null, null, record.HtmlBytes < MostBytes ? BenchOutcome.Met : BenchOutcome.Missed),
        ];
    }
}

/// <summary>A bench of the report as a table.</summary>
public static class ReportBenchText
{
    /// <summary>Composes the lines, aligned for a font of fixed width.</summary>
    /// <param name="record">The bench with its goals.</param>
    public static IReadOnlyList<TerminalText> Compose(ReportBenchRecord record) =>
    [
        new(Text($"The report of a run with {record.Run.Arms} arms and {record.Run.LaunchSets} launch sets, {record.Run.RawBytes / 1e6:0.0} MB of raw files"), TerminalStyle.Strong),
        new(Text($"{record.Seconds.Count} reports, each by a process of its own; in parentheses the fastest and the slowest.")),
        new(string.Empty),
        .. record.Goals.Select(BenchGoalText.Of),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
