using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>Writes out the numbers of the requests by their names: a table for each name, arms down.</summary>
internal static class RequestTables
{
    private const string Nothing = "–";

    private static readonly MetricId[] s_percentiles = [MetricId.P50, MetricId.P90, MetricId.P99];

    private static readonly string[] s_headers =
        ["Arm", "Offered", "Answered", "Dropped", "Errors", "p50", "p90", "p99", "Errors by kind", "p99 of each launch set"];

    /// <summary>Builds the tables; none where no run told its requests apart.</summary>
    public static IReadOnlyList<DetailTable> Build(RunAnalysis analysis) =>
    [
        .. analysis.Arms.SelectMany(arm => arm.Requests.Select(request => request.Total.Name)).Distinct(StringComparer.Ordinal)
            .Select(name => Build(name, [.. analysis.Arms.Select(arm => (arm.Name, arm.Requests.FirstOrDefault(request => request.Total.Name == name)))])),
    ];

    private static DetailTable Build(string name, (string Arm, RequestAnalysis? Request)[] arms)
    {
        var formats = s_percentiles.ToDictionary(metric => metric, metric => QuantityFormat.ForColumn(MetricUnit.Seconds, arms.Select(arm => arm.Request?.Get(metric).Value)));
        return new DetailTable($"Request {DisplayText.Name(name)}", s_headers, [.. arms.Select(arm => Row(arm.Arm, arm.Request, formats))]);
    }

    private static IReadOnlyList<string> Row(string arm, RequestAnalysis? request, Dictionary<MetricId, QuantityFormat> formats)
    {
        if (request is null)
        {
            return [arm, .. Enumerable.Repeat(Nothing, s_headers.Length - 1)];
        }

        var total = request.Total;
        return
        [
            arm,
            DisplayText.Count(total.Offered),
            DisplayText.Count(total.Answered),
            DisplayText.Count(total.Dropped),
            DisplayText.Count(total.Errors),
            .. s_percentiles.Select(metric => request.Get(metric) is { Value: null } none ? MissingWording.InCell(none.Missing, Nothing) : Seconds(request.Get(metric).Value, formats[metric])),
            total.ErrorsByKind.Count == 0 ? Nothing : string.Join(", ", total.ErrorsByKind.Select(kind => $"{DisplayText.Count(kind.Value)} {kind.Key}")),
            string.Join("  ", request.Get(MetricId.P99).Samples.Select(sample => Seconds(sample, formats[MetricId.P99]))),
        ];
    }

    private static string Seconds(double? value, QuantityFormat format) => value is { } seconds ? format.WithUnit(seconds) : Nothing;
}
