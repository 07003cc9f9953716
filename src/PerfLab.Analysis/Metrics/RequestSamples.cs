using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Metrics;

/// <summary>Takes the numbers of an arm's requests by their names: one for each launch set, as of all requests together.</summary>
internal static class RequestSamples
{
    private static readonly MetricId[] s_percentiles = [MetricId.P50, MetricId.P90, MetricId.P99, MetricId.P999];

    /// <summary>Analyses the requests of an arm, in the order of the scenario.</summary>
    internal static IReadOnlyList<RequestAnalysis> Of(string arm, IReadOnlyList<LaunchRecord> launches)
    {
        ArmRecord?[] records = [.. launches.Select(launch => ArmRecords.Find(launch, arm))];
        return [.. records.OfType<ArmRecord>().SelectMany(record => record.Requests.Select(request => request.Name)).Distinct(StringComparer.Ordinal)
            .Select(name => Of([.. records.Select(record => record?.Requests.FirstOrDefault(request => request.Name == name))]))];
    }

    private static RequestAnalysis Of(RequestRecord?[] requests) => new(
        Total([.. requests.OfType<RequestRecord>()]),
        [
            .. s_percentiles.Select(metric => Metric(metric, requests, request => ResponseTimeSample.Take(request.ResponseTime, MetricCatalog.PercentileOf(metric)!.Value))),
            Metric(MetricId.Errors, requests, Errors),
        ]);

    private static RequestRecord Total(RequestRecord[] requests) => requests[0] with
    {
        Offered = requests.Sum(request => request.Offered),
        Answered = requests.Sum(request => request.Answered),
        Errors = requests.Sum(request => request.Errors),
        Dropped = requests.Sum(request => request.Dropped),
        ErrorsByKind = requests.SelectMany(request => request.ErrorsByKind).GroupBy(kind => kind.Key, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(kind => kind.Key, kind => kind.Sum(count => count.Value), StringComparer.Ordinal),
        ResponseTime = null,
    };

    private static RequestMetric Metric(MetricId metric, RequestRecord?[] requests, Func<RequestRecord, Sample> take)
    {
        var samples = ArmSamples.Of([.. requests.Select(request => request is null ? Sample.Missing(MissingReason.ArmNotMeasured) : take(request))]);
        return new RequestMetric(metric, samples.Values, samples.Missing is null ? samples.Median : null, samples.Missing);
    }

    private static Sample Errors(RequestRecord request) => request.Offered > 0
        ? Sample.Of((double)(request.Offered - request.Answered) / request.Offered)
        : Sample.Missing(MissingReason.NothingOffered);
}
