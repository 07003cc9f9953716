using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Content;

/// <summary>What the exported spans themselves say: who calls whom, the slowest request of each arm, and personal data in them.</summary>
internal static class TraceSections
{
    private const int MaxPlacesPerArm = 12;

    /// <summary>Composes the sections that the run has something for.</summary>
    public static IReadOnlyList<ReportSection> Compose(RunAnalysis analysis, TraceUi? traceUi)
    {
        ArmAnalysis[] looked = [.. analysis.Arms.Where(arm => arm.Traces is { SpanCount: > 0 })];
        return looked.Length == 0 ? [] : [.. Map(looked), .. Waterfalls(looked, traceUi), Personal(looked)];
    }

    private static IEnumerable<ReportSection> Map(ArmAnalysis[] arms)
    {
        // Where the context is not passed on calls cannot be told, however many spans there are.
        var arm = arms.MaxBy(arm => (arm.Traces!.Edges.Count, arm.Traces.SpanCount))!;
        if (arm.Traces!.Edges.Count > 0)
        {
            yield return new ReportSection(
                "service-map",
                "Who calls whom",
                $"Derived from {DisplayText.Count(arm.Traces.SpanCount)} spans that {arm.Name} exported while it was measured: the arm that shows most. Durations are those of the called side's spans, or of the caller's where the called side exports none.",
                ["From", "To", "Calls", "Errors", "Median, ms", "p99, ms"],
                [.. arm.Traces.Edges.Select(edge => (IReadOnlyList<string>)[edge.From, edge.To, DisplayText.Count(edge.Calls), DisplayText.Count(edge.Errors), Milliseconds(edge.MedianSeconds), edge.P99Seconds is { } p99 ? Milliseconds(p99) : "too few calls"])])
            {
                WordColumns = [1],
                Figures = [new TraceFigure($"Services as {arm.Name} shows them", Waterfall: null, arm.Traces.Edges, Link: null)],
            };
        }
    }

    private static IEnumerable<ReportSection> Waterfalls(ArmAnalysis[] arms, TraceUi? traceUi)
    {
        (ArmAnalysis Arm, TraceWaterfall Trace)[] traces = [.. arms.Where(arm => arm.Traces!.Slowest is not null).Select(arm => (arm, arm.Traces!.Slowest!))];
        if (traces.Length > 0)
        {
            yield return new ReportSection(
                "waterfalls",
                "The slowest request that each arm kept",
                "Of the spans that were looked at: the first 8 MiB that an arm exported in the measured window of each launch set. An arm that samples keeps fewer requests, and so perhaps not the slowest.",
                ["Arm", "Trace", "Duration, ms", "Spans", "Spans looked at"],
                [.. traces.Select(one => (IReadOnlyList<string>)[one.Arm.Name, one.Trace.TraceId, Milliseconds(one.Trace.DurationSeconds), DisplayText.Count(one.Trace.Spans.Count + one.Trace.LeftOutCount), DisplayText.Count(one.Arm.Traces!.SpanCount)])])
            {
                WordColumns = [1],
                File = new ProgramFile(RunFolder.WaterfallFileName, "has the same traces, for ui.perfetto.dev or chrome://tracing."),
                Figures = [.. traces.Select(one => new TraceFigure($"{one.Arm.Name}: {Milliseconds(one.Trace.DurationSeconds)} ms", one.Trace, [], traceUi?.LinkTo(one.Trace.TraceId)))],
            };
        }
    }

    private static ReportSection Personal(ArmAnalysis[] arms)
    {
        var spans = arms.Sum(arm => arm.Traces!.SpanCount);
        var rows = arms.SelectMany(Rows).ToArray();
        return new ReportSection(
            "personal-data",
            "Personal data in the exported spans",
            $"Names, attributes, events and status texts of {DisplayText.Count(spans)} spans were searched for e-mail addresses, card numbers with a valid check digit, bearer tokens and the scenario's own patterns. {(rows.Length == 0 ? "None was found." : "Places and counts; the values are kept nowhere.")}",
            ["Arm", "Service", "Span", "Part", "Key", "Kind", "Times"],
            rows)
        {
            WordColumns = [1, 2, 3, 4, 5],
        };
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ArmAnalysis arm)
    {
        var places = arm.Traces!.PersonalData;
        foreach (var place in places.Take(MaxPlacesPerArm))
        {
            yield return [arm.Name, place.Service, place.Span, place.Part, place.Key, place.Kind, DisplayText.Count(place.Count)];
        }

        var more = places.Skip(MaxPlacesPerArm).Sum(place => place.Count) + arm.Traces.PersonalDataElsewhereCount;
        if (more > 0)
        {
            yield return [arm.Name, "", "", "in more places", "", "", DisplayText.Count(more)];
        }
    }

    private static string Milliseconds(double seconds) => (seconds * 1e3).ToString("#,0.00", CultureInfo.InvariantCulture);
}

/// <summary>What became of every span, arm by arm.</summary>
internal static class LedgerSection
{
    private const string NotMeasured = "–";

    private static readonly string[] Headers =
        ["Arm", "Created", "Not sampled", "Sampled", "Dropped by the SDK", "Arrived", "Twice", "Late", "Missing", "Where they were lost"];

    /// <summary>Composes the section.</summary>
    public static ReportSection Compose(RunAnalysis analysis) => new(
        "ledger",
        "What became of every span",
        "Counted over all launch sets that count, warm-up included. Created and sampled is what the service says, arrived is what the collector took, each span once; twice is what was sent again although it had been taken. Created = not sampled + sampled; sampled = arrived + missing.",
        Headers,
        [.. analysis.Arms.SelectMany(Rows)])
    {
        WordColumns = [Headers.Length - 1],
    };

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
            ArmHealthWording.Missing(arm) ?? NotMeasured,
            SpanLossWording.Of(arm.SpanLosses),
        ];
        foreach (var (service, count) in spans.ReceivedByService.Where(_ => spans.ReceivedByService.Count > 1))
        {
            yield return [$"{arm.Name}: {service}", "", "", "", "", Text(count), "", "", "", ""];
        }
    }

    private static string Text(long? count) => count is { } known ? DisplayText.Count(known) : NotMeasured;
}

/// <summary>Where traces can be looked at.</summary>
/// <param name="Template">An http or https address with <c>{trace}</c> for the trace's id.</param>
public sealed record TraceUi(string Template)
{
    /// <summary>What stands for the trace's id.</summary>
    public const string Placeholder = "{trace}";

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It is no address, or has no place for the id; the message says what to do.</exception>
    public static TraceUi Parse(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var example = template.Replace(Placeholder, "0", StringComparison.Ordinal);
        return template.Contains(Placeholder, StringComparison.Ordinal)
            && Uri.TryCreate(example, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new TraceUi(template)
            : throw new FormatException($"'{template}' is not an address with {Placeholder} in it (--trace-ui). Write for example http://localhost:16686/trace/{Placeholder}.");
    }

    /// <summary>The address of a trace.</summary>
    public string LinkTo(string traceId) => Template.Replace(Placeholder, traceId, StringComparison.Ordinal);
}
