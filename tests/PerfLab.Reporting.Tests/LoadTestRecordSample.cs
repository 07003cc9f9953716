using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Reporting.Tests;

/// <summary>A load test whose numbers can be recognised in what is made of it.</summary>
internal static class LoadTestRecordSample
{
    private static readonly double[] Percentiles = [0, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100];

    public static LoadTestRecord Create() => new()
    {
        FormatVersion = LoadTestRecord.CurrentFormatVersion,
        Setting = new LoadTestSettings
        {
            Url = "http://127.0.0.1:5000/orders",
            Method = "GET",
            HttpVersion = "1.1",
            Driver = "sockets",
            Simulations = "inject(2000, 30s)",
            WarmUpSeconds = 2,
            MaxInFlight = 1000,
            Seed = 7,
        },
        Completed = true,
        WindowSeconds = 30,
        Counts = new RequestCounts { Offered = 60_000, Started = 59_990, Answered = 59_980, AnsweredInWindow = 59_970, Dropped = 10, Late = 4, Errors = 10 },
        OfferedPerSecond = 2000,
        AchievedPerSecond = 1999.667,
        AnsweredPerSecond = 1999,
        Errors = new Dictionary<string, long> { ["connection_reset"] = 10 },
        ErrorExamples = new Dictionary<string, string> { ["connection_reset"] = "Connection reset by peer (errno 104)" },
        ResponseTime = Latency(59_980, 0.001),
        ServiceTime = Latency(59_980, 0.0008),
        StartLateness = Latency(59_990, 0.00001),
        Generator = new LoadGeneratorUsage { CpuSeconds = 27, ProcessCpuSeconds = 28, AllocatedBytes = 1000, Cores = 1, CpuShare = 0.9, BytesReceived = 2_000_000, BytesSent = 1_000_000, ConnectionsOpened = 12 },
        Timeline = [],
        Findings = [new Finding(FindingSeverity.Warning, "generator-busy", "load", "the generator used 90 % of its core", "Lower the rate.")],
        Thresholds =
        [
            new LoadTestThreshold("p(99)<200", LoadThresholdOutcome.Passed, 0.099, "p(99)<200 passed: p99 response time 99 ms."),
            new LoadTestThreshold("dropped==0", LoadThresholdOutcome.Failed, 10, "dropped==0 failed: count of dropped starts 10."),
        ],
    };

    // A tail: the value at a percentile is the scale over the distance to 100 %, so p50 is twice and p99 a hundred times it.
    public static LatencySummary Latency(long count, double scale) => new(
        count,
        scale * 3,
        scale * 60_000,
        [.. Percentiles.Select(percentile => new PercentilePoint(percentile, percentile >= 100 ? scale * 60_000 : scale / Math.Round(1 - (percentile / 100), 8)))]);
}
