using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What became of every span, arm by arm.</summary>
internal static class LedgerSection
{
    private const string NotMeasured = "–";

    private static readonly string[] Headers =
        ["Arm", "Created", "Not sampled", "Sampled", "Dropped by the SDK", "Arrived", "Twice", "Late", "Missing", "Where they were lost"];

    /// <summary>Composes the section.</summary>
    public static ExtraSection Compose(RunAnalysis analysis) => new(
        "ledger",
        "What became of every span",
        "Counted over all launch sets that count, warm-up included. Created and sampled is what the service says, arrived is what the collector took, each span once; twice is what was sent again although it had been taken. Created = not sampled + sampled; sampled = arrived + missing.",
        Headers,
        [.. analysis.Arms.SelectMany(Rows)]);

    private static IEnumerable<IReadOnlyList<string>> Rows(ArmAnalysis arm)
    {
        var spans = arm.Spans;
        yield return
        [
            arm.Name,
            Text(spans.CreatedCount),
            Text(spans.NotSampledCount),
            Text(spans.SampledCount),
            Text(spans.DroppedCount),
            Text(spans.DistinctCount),
            Text(spans.DuplicateCount),
            Text(spans.LateCount),
            Text(spans.MissingCount),
            string.Join("; ", arm.SpanLosses.Select(loss => loss.Describe())),
        ];
        foreach (var (service, count) in spans.ReceivedByService.Where(_ => spans.ReceivedByService.Count > 1))
        {
            yield return [$"{arm.Name}: {service}", "", "", "", "", Text(count), "", "", "", ""];
        }
    }

    private static string Text(long? count) => count is { } known ? DisplayText.Count(known) : NotMeasured;
}
