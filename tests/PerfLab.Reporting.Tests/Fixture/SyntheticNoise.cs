using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>A noise profile in which CPU raised one false alarm and the working set was not measured.</summary>
internal static class SyntheticNoise
{
    public static NoiseProfile Profile { get; } = new()
    {
        FormatVersion = NoiseProfile.CurrentFormatVersion,
        RunId = "20261123T000000Z-noise-4f1c",
        MeasuredUtc = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        Machine = new SyntheticRun().Manifest().Machine,
        Scenario = "noise",
        Runtime = RuntimeProfile.Lab,
        Arms = 8,
        LaunchSets = 61,
        ComparisonLaunchSets = 6,
        Comparisons = 40,
        AllowedFalseAlarmRatio = 0.03125,
        Metrics =
        [
            Metric(MetricId.Cpu, 40, 1) with { SpreadRatio = 0.02, SpreadDegreesOfFreedom = 427 },
            Metric(MetricId.WorkingSet, 0, 0) with { FalseAlarmRatioLow = null, FalseAlarmRatioHigh = null, Missing = new MissingMeasurement(MissingReason.NoReading, 6, 6) },
        ],
    };

    private static MetricNoise Metric(MetricId metric, int comparisons, int alarms) => new()
    {
        Metric = metric,
        Comparisons = comparisons,
        FalseAlarms = alarms,
        FalseAlarmRatioLow = 0.000633,
        FalseAlarmRatioHigh = 0.131586,
        BeyondThreshold = 0,
        PracticalThreshold = 0.05,
        SpreadRatio = null,
        SpreadDegreesOfFreedom = 0,
    };
}
