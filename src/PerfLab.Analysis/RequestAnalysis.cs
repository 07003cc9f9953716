using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis;

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
