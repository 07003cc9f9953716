using PerfLab.Experiments;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Traces;

/// <summary>Puts what was seen of an arm's spans in its launch sets together.</summary>
internal static class TraceSummaries
{
    /// <summary>Adds up; null where nothing was looked at in any launch set.</summary>
    internal static TraceSummary? Of(string arm, IReadOnlyList<LaunchRecord> launches)
    {
        TraceSummary[] looks = [.. ArmRecords.Of(arm, launches).Select(record => record.Traces).OfType<TraceSummary>()];
        return looks.Length == 0
            ? null
            : new TraceSummary
            {
                SpanCount = looks.Sum(look => look.SpanCount),
                MissedExportCount = looks.Sum(look => look.MissedExportCount),
                PersonalData = Places(looks),
                PersonalDataElsewhereCount = looks.Sum(look => look.PersonalDataElsewhereCount),
                Edges = Edges(looks),
                Slowest = looks.Select(look => look.Slowest).OfType<TraceWaterfall>().MaxBy(trace => trace.DurationSeconds),
            };
    }

    private static IReadOnlyList<PersonalDataLocation> Places(TraceSummary[] looks) =>
    [
        .. looks.SelectMany(look => look.PersonalData)
            .GroupBy(place => place with { Count = 0 })
            .Select(place => place.Key with { Count = place.Sum(one => one.Count) })
            .OrderByDescending(place => place.Count)
            .ThenBy(place => $"{place.Service}\n{place.Span}\n{place.Part}\n{place.Key}\n{place.Kind}", StringComparer.Ordinal),
    ];

    // Percentiles of launch sets cannot be added up; their median stands for them.
    private static IReadOnlyList<ServiceEdge> Edges(TraceSummary[] looks) =>
    [
        .. looks.SelectMany(look => look.Edges)
            .GroupBy(edge => (edge.From, edge.To))
            .Select(edge => new ServiceEdge(
                edge.Key.From,
                edge.Key.To,
                edge.Sum(one => one.Calls),
                edge.Sum(one => one.Errors),
                Median(edge.Select(one => one.MedianSeconds))!.Value,
                Median(edge.Where(one => PercentileValues.Suffice(99, one.Calls)).Select(one => one.P99Seconds).OfType<double>())))
            .OrderByDescending(edge => edge.Calls)
            .ThenBy(edge => edge.From, StringComparer.Ordinal)
            .ThenBy(edge => edge.To, StringComparer.Ordinal),
    ];

    private static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
