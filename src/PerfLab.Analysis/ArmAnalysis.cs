using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

/// <summary>Everything said of one arm.</summary>
public sealed record ArmAnalysis
{
    /// <summary>Gets the arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the arm's one-line meaning.</summary>
    public required string Meaning { get; init; }

    /// <summary>Gets what the arm is for.</summary>
    public required ArmRole Role { get; init; }

    /// <summary>Gets the comparisons, one for every metric of the catalogue, in its order.</summary>
    public required IReadOnlyList<MetricComparison> Metrics { get; init; }

    /// <summary>Gets the requests by their names, in the order of the scenario; empty where there is one name alone or the run did not tell them apart.</summary>
    public IReadOnlyList<RequestAnalysis> Requests { get; init; } = [];

    /// <summary>Gets the response-time percentiles: at each percentile the median over launch sets; empty where not measured.</summary>
    public required IReadOnlyList<PercentilePoint> LatencyCurve { get; init; }

    /// <summary>Gets what the arm did wrong by itself.</summary>
    public required ArmHealth Health { get; init; }

    /// <summary>Gets the spans of all launch sets that count, added up.</summary>
    public required SpanLedger Spans { get; init; }

    /// <summary>Gets the share of its spans that the collector's tail sampling kept; null without tail sampling.</summary>
    public double? TailKeptRatio { get; init; }

    /// <summary>Gets what the spans of all launch sets say; null where none was looked at.</summary>
    public TraceSummary? Traces { get; init; }

    /// <summary>Gets what the arm's processes printed in the measured windows; null where it was not noted.</summary>
    public LogVolume? Log { get; init; }

    /// <summary>Gets the CPU time by program, the most expensive first; empty where the arm is one process, or where it was not told apart.</summary>
    public IReadOnlyList<ProgramCost> Programs { get; init; } = [];

    /// <summary>Gets what was seen while the arm's back end was in trouble, and after it; empty where no arm's was.</summary>
    public IReadOnlyList<FaultPhaseSummary> BackEnd { get; init; } = [];

    /// <summary>Gets where the missing spans of all launch sets were lost; empty where none is missing or nobody knows.</summary>
    public IReadOnlyList<SpanLoss> SpanLosses { get; init; } = [];

    /// <summary>Gets the comparison of a metric that every target has.</summary>
    /// <exception cref="InvalidOperationException">The analysis has no such metric.</exception>
    public MetricComparison Get(MetricId metric) => Metrics.Single(comparison => comparison.Metric == metric);
}

/// <summary>The CPU time of all processes of one program of an arm, over the measured windows of all launch sets that count.</summary>
/// <param name="Program">Its name.</param>
/// <param name="ProcessCount">The most of its processes that a launch set had.</param>
/// <param name="CpuSecondsPerRequest">CPU time per request, voided rounds and the runtime's compiler included: the sum is not the metric.</param>
/// <param name="Ratio">Its share of the arm's.</param>
public sealed record ProgramCost(string Program, int ProcessCount, double CpuSecondsPerRequest, double Ratio)
{
    /// <summary>Adds up what launch sets noted.</summary>
    internal static IReadOnlyList<ProgramCost> Of(IReadOnlyList<ArmRecord> records)
    {
        var total = records.Sum(record => record.Programs.Sum(program => program.CpuSeconds));
        var requests = records.Sum(record => record.Slices.Sum(slice => slice.AnsweredCount));
        return total <= 0 || requests == 0 || records.All(record => record.Programs.Sum(program => program.ProcessCount) < 2)
            ? []
            :
            [
                .. records.SelectMany(record => record.Programs)
                    .GroupBy(program => program.Program, StringComparer.Ordinal)
                    .Select(group => (Program: group.Key, Count: group.Max(program => program.ProcessCount), Seconds: group.Sum(program => program.CpuSeconds)))
                    .OrderByDescending(program => program.Seconds)
                    .ThenBy(program => program.Program, StringComparer.Ordinal)
                    .Select(program => new ProgramCost(program.Program, program.Count, program.Seconds / requests, program.Seconds / total)),
            ];
    }
}

/// <summary>Finds an arm's records in launch sets.</summary>
internal static class ArmRecords
{
    /// <summary>Gets the arm's record of a launch set, or null when the launch set lacks the arm.</summary>
    internal static ArmRecord? Find(LaunchRecord launch, string arm) =>
        launch.Arms.FirstOrDefault(record => string.Equals(record.Arm, arm, StringComparison.Ordinal));

    /// <summary>Gets the arm's records in launch order.</summary>
    internal static IEnumerable<ArmRecord> Of(string arm, IEnumerable<LaunchRecord> launches) =>
        launches.Select(launch => Find(launch, arm)).OfType<ArmRecord>();
}

/// <summary>The requests of one name of one arm.</summary>
/// <param name="Total">What became of them in all launch sets that count, added up; without response times, of which percentiles cannot be added.</param>
/// <param name="Metrics">Response times and errors, in the order of the metric catalogue.</param>
public sealed record RequestAnalysis(RequestRecord Total, IReadOnlyList<RequestMetric> Metrics)
{
    /// <summary>Gets a metric: a percentile of the response time or the share of errors.</summary>
    /// <exception cref="InvalidOperationException">It is not kept by the name of the request.</exception>
    public RequestMetric Get(MetricId metric) => Metrics.Single(each => each.Metric == metric);
}

/// <summary>A metric of the requests of one name.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Samples">One number for each launch set, in launch order, in the metric's unit; null where it was not measured.</param>
/// <param name="Value">Their median; null where one is missing.</param>
/// <param name="Missing">Why some have no value; null when all have.</param>
public sealed record RequestMetric(MetricId Metric, IReadOnlyList<double?> Samples, double? Value, MissingMeasurement? Missing);
