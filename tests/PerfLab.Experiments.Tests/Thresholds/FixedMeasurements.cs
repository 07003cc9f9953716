using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

/// <summary>A load test that measured what the test says, and nothing else.</summary>
internal sealed class FixedMeasurements : ILoadMeasurements
{
    public double? ErrorShare { get; init; }

    public long? DroppedCount { get; init; }

    public long? AnsweredCount { get; init; }

    public double? AnsweredPerSecond { get; init; }

    public Dictionary<string, double> ResponseTimes { get; init; } = [];

    public Dictionary<string, double> Lateness { get; init; } = [];

    public double? ResponseTimeSeconds(TimeStatistic statistic) => Find(ResponseTimes, statistic);

    public double? StartLatenessSeconds(TimeStatistic statistic) => Find(Lateness, statistic);

    public Dictionary<string, ILoadMeasurements> Requests { get; init; } = [];

    public ILoadMeasurements? OfRequest(string name) => Requests.GetValueOrDefault(name);

    private static double? Find(Dictionary<string, double> values, TimeStatistic statistic) =>
        values.TryGetValue(statistic.ToString(), out var seconds) ? seconds : null;
}
