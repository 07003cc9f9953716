using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.BackEnds;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What a back end in trouble does to the service: its response times, its memory, and the spans lost.</summary>
internal static class BackEndSection
{
    private const string NotMeasured = "–";
    private const double BytesPerMebibyte = 1024 * 1024;

    private static readonly string[] Headers = ["Arm", "Back end", "p50, ms", "p99, ms", "Slowest, ms", "Memory, MiB", "Spans lost", "Where"];

    /// <summary>Composes the section; none where no arm's back end was in trouble.</summary>
    public static IReadOnlyList<ExtraSection> Compose(Plan plan, RunAnalysis analysis) =>
        analysis.Arms.All(arm => arm.BackEnd.Count == 0)
            ? []
            :
            [
                new ExtraSection(
                    "back-ends",
                    "What a back end in trouble does to the service",
                    "Response times and resident memory while the back end was in trouble and, where it recovered, after it; medians over launch sets, the slowest of all. Spans are counted from the start of the processes to their end.",
                    Headers,
                    [.. analysis.Arms.SelectMany(arm => Rows(arm, plan.Arms.Single(planned => planned.Name == arm.Name).BackEnd))]),
            ];

    private static IEnumerable<IReadOnlyList<string>> Rows(ArmAnalysis arm, BackEndTrouble? trouble)
    {
        for (var index = 0; index < arm.BackEnd.Count; index++)
        {
            var sight = arm.BackEnd[index];
            var isLast = index == arm.BackEnd.Count - 1;
            yield return
            [
                arm.Name,
                sight.InTrouble ? Describe(trouble!) : trouble is null ? "well" : "well again",
                Milliseconds(sight.P50Seconds),
                Milliseconds(sight.P99Seconds),
                Milliseconds(sight.MaxSeconds),
                sight.WorkingSetBytes is { } bytes ? (bytes / BytesPerMebibyte).ToString("#,0.0", CultureInfo.InvariantCulture) : NotMeasured,
                isLast ? Lost(arm) : string.Empty,
                isLast ? string.Join("; ", arm.SpanLosses.Select(loss => loss.Describe())) : string.Empty,
            ];
        }
    }

    private static string Describe(BackEndTrouble trouble) => trouble.Kind switch
    {
        BackEndTroubleKind.Slow => FormattableString.Invariant($"answers after {trouble.DelaySeconds:0.###} s"),
        BackEndTroubleKind.Unavailable => "refuses with 503" + RetryAfter(trouble),
        BackEndTroubleKind.Throttled => "refuses with 429" + RetryAfter(trouble),
        BackEndTroubleKind.Silent => "accepts and never answers",
        BackEndTroubleKind.Reset => "resets connections",
        _ => "down",
    };

    private static string RetryAfter(BackEndTrouble trouble) =>
        trouble.RetryAfterSeconds is { } seconds ? FormattableString.Invariant($", try again after {seconds:0.###} s") : string.Empty;

    private static string Lost(ArmAnalysis arm) => arm.Spans.MissingCount is { } missing
        ? string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Count(missing)} of {DisplayText.Count(arm.Spans.SampledCount!.Value)}")
        : NotMeasured;

    private static string Milliseconds(double? seconds) => seconds is { } known ? (known * 1e3).ToString("#,0.00", CultureInfo.InvariantCulture) : NotMeasured;
}
