using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What a back end in trouble does to the service: its response times, its memory, and the spans lost.</summary>
internal static class FaultSection
{
    private const string NotMeasured = "–";
    private const double BytesPerMebibyte = 1024 * 1024;

    private const int StateColumn = 1;
    private const int PlaceColumn = 7;

    /// <summary>Composes the section; null where no arm's back end was in trouble.</summary>
    public static ReportSection? Compose(RunAnalysis analysis) => analysis.Arms.Any(arm => arm.BackEnd.Any(sight => sight.Trouble is not null))
        ? new ReportSection(
            "back-ends",
            "What a back end in trouble does to the service",
            $"{FaultWording.Answer(analysis)} Response times and resident memory while the back end was in trouble and, where it recovered, after it: medians over launch sets with the least and the most, which from six launch sets on are a 95 % interval of the median; the slowest of all. Spans are counted from the start of the processes to their end.",
            ["Arm", "Back end", "p50, ms", "p99, ms", "Slowest, ms", "Memory, MiB", "Spans lost", "Where"],
            [.. analysis.Arms.SelectMany(Rows)])
        {
            WordColumns = [StateColumn, PlaceColumn],
            BriefHeaders = ["Arm", "Back end", "p50, ms", "p99, ms", "MiB", "Lost"],
            BriefRows = [.. analysis.Arms.SelectMany(BriefRows)],
        }
        : null;

    private static IEnumerable<IReadOnlyList<string>> Rows(ArmAnalysis arm)
    {
        foreach (var sight in arm.BackEnd)
        {
            var isLast = ReferenceEquals(sight, arm.BackEnd[^1]);
            yield return
            [
                arm.Name,
                StateOf(sight),
                Range(sight.P50Seconds),
                Range(sight.P99Seconds),
                Milliseconds(sight.MaxSeconds),
                Memory(sight),
                isLast ? Lost(arm) : string.Empty,
                isLast ? SpanLossWording.Of(arm.SpanLosses) : string.Empty,
            ];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> BriefRows(ArmAnalysis arm) => arm.BackEnd.Select(IReadOnlyList<string> (sight) =>
    [
        arm.Name,
        sight.Trouble is { } trouble ? Word(trouble.Kind) : StateOf(sight),
        Milliseconds(sight.P50Seconds?.Median),
        Milliseconds(sight.P99Seconds?.Median),
        Memory(sight),
        ReferenceEquals(sight, arm.BackEnd[^1]) ? LostShare(arm) : string.Empty,
    ]);

    private static string StateOf(FaultPhaseSummary sight) => sight switch
    {
        { Trouble: { } trouble } => Describe(trouble),
        { IsRecovered: true } => "well again",
        _ => "well",
    };

    private static string Describe(BackEndFaultDefinition trouble) => trouble.Kind switch
    {
        BackEndFaultKind.Slow => $"answers after {Milliseconds(trouble.DelaySeconds, "#,0.###")} ms",
        BackEndFaultKind.Unavailable => "refuses with 503" + RetryAfter(trouble),
        BackEndFaultKind.Throttled => "refuses with 429" + RetryAfter(trouble),
        BackEndFaultKind.Silent => "accepts and never answers",
        BackEndFaultKind.Reset => "resets connections",
        _ => "down",
    };

    private static string Word(BackEndFaultKind kind) => kind switch
    {
        BackEndFaultKind.Slow => "slow",
        BackEndFaultKind.Unavailable => "503",
        BackEndFaultKind.Throttled => "429",
        BackEndFaultKind.Silent => "silent",
        BackEndFaultKind.Reset => "resets",
        _ => "down",
    };

    private static string RetryAfter(BackEndFaultDefinition trouble) =>
        trouble.RetryAfterSeconds is { } seconds ? FormattableString.Invariant($", try again after {seconds:0.###} s") : string.Empty;

    private static string Lost(ArmAnalysis arm) => arm.Spans.MissingCount is { } missing
        ? $"{DisplayText.Count(missing)} of {DisplayText.Count(arm.Spans.SampledCount!.Value)}"
        : NotMeasured;

    private static string LostShare(ArmAnalysis arm) => arm.Spans is { MissingCount: { } missing, SampledCount: > 0 and { } sampled }
        ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * missing / sampled:0.#} %")
        : NotMeasured;

    private static string Memory(FaultPhaseSummary sight) => sight.WorkingSetBytes is { } bytes
        ? (bytes / BytesPerMebibyte).ToString("#,0.0", CultureInfo.InvariantCulture)
        : NotMeasured;

    private static string Range(LaunchSetRange? range) => range is null
        ? NotMeasured
        : $"{Milliseconds(range.Median)} ({Milliseconds(range.Least)} to {Milliseconds(range.Most)})";

    private static string Milliseconds(double? seconds, string format = "#,0.00") =>
        seconds is { } known ? (known * 1e3).ToString(format, CultureInfo.InvariantCulture) : NotMeasured;
}
