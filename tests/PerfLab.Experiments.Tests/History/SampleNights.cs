using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.History;

/// <summary>Nights as a gate would keep them.</summary>
internal static class SampleNights
{
    public static MachineFingerprint Machine { get; } = new("Linux \"x\"", "6.1", "Prozessor Größe ½", 2, 8L << 30, "X64", ".NET 10.0.0", true);

    public static HistoryEntry Night(int number, MachineFingerprint? machine = null, GateOutcome outcome = GateOutcome.Passed, NightEnd end = NightEnd.Completed) => new()
    {
        FormatVersion = HistoryEntry.CurrentFormatVersion,
        Night = new NightFacts
        {
            Name = $"night-{number}",
            StartedUtc = new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.Zero).AddDays(number),
            Baseline = new BuiltCommit("a" + new string('0', 39), "1.20.1"),
            Head = new BuiltCommit($"{number:x40}", OpenTelemetryVersion: null),
            Machine = machine ?? Machine,
            PerfLabCommit = null,
            Planted = new Dictionary<string, string>(),
        },
        End = end,
        Runs = ["20261101T020000Z-shop-ab12"],
        Estimates =
        [
            new HistoryEstimate
            {
                Arm = "always-on",
                Metric = MetricId.Cpu,
                Run = 0,
                LaunchSets = 12,
                Ratio = 0.0123456789012345678 * number,
                RatioLow = -1.0 / 3,
                RatioHigh = 2.0 / 3,
                ConfidenceLevel = 0.9580078125,
                DetectableRatio = null,
                Threshold = 0.03,
            },
        ],
        Verdicts = [new HistoryVerdict("always-on", MetricId.Cpu, outcome, Blocks: false)],
        Outcome = outcome,
        IsBlocked = false,
    };
}
