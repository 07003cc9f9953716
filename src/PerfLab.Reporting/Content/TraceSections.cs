using System.Globalization;
using PerfLab.Analysis;
using PerfLab.Experiments.Results.Traces;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Content;

/// <summary>What the exported spans themselves say: who calls whom, the slowest request of each arm, and personal data in them.</summary>
internal static class TraceSections
{
    private const int MaxPlacesPerArm = 12;

    /// <summary>Composes the sections that the run has something for.</summary>
    public static IReadOnlyList<ExtraSection> Compose(RunAnalysis analysis, TraceUi? traceUi)
    {
        ArmAnalysis[] looked = [.. analysis.Arms.Where(arm => arm.Traces is { SpanCount: > 0 })];
        return looked.Length == 0 ? [] : [.. Map(looked), .. Waterfalls(looked, traceUi), Personal(looked)];
    }

    private static IEnumerable<ExtraSection> Map(ArmAnalysis[] arms)
    {
        // Where the context is not passed on calls cannot be told, however many spans there are.
        var arm = arms.MaxBy(arm => (arm.Traces!.Edges.Count, arm.Traces.SpanCount))!;
        if (arm.Traces!.Edges.Count > 0)
        {
            yield return new ExtraSection(
                "service-map",
                "Who calls whom",
                $"Derived from {DisplayText.Count(arm.Traces.SpanCount)} spans that {arm.Name} exported while it was measured: the arm that shows most. Durations are those of the called side's spans, or of the caller's where the called side exports none.",
                ["From", "To", "Calls", "Errors", "Median, ms", "p99, ms"],
                [.. arm.Traces.Edges.Select(edge => (IReadOnlyList<string>)[edge.From, edge.To, DisplayText.Count(edge.Calls), DisplayText.Count(edge.Errors), Milliseconds(edge.MedianSeconds), Milliseconds(edge.P99Seconds)])])
            {
                Figures = [new TraceFigure($"Services as {arm.Name} shows them", Waterfall: null, arm.Traces.Edges, Link: null)],
            };
        }
    }

    private static IEnumerable<ExtraSection> Waterfalls(ArmAnalysis[] arms, TraceUi? traceUi)
    {
        (ArmAnalysis Arm, TraceWaterfall Trace)[] traces = [.. arms.Where(arm => arm.Traces!.Slowest is not null).Select(arm => (arm, arm.Traces!.Slowest!))];
        if (traces.Length > 0)
        {
            yield return new ExtraSection(
                "waterfalls",
                "The slowest request that each arm kept",
                "Of the spans that were looked at: the first 8 MiB that an arm exported in the measured window of each launch set. An arm that samples keeps fewer requests, and so perhaps not the slowest.",
                ["Arm", "Trace", "Duration, ms", "Spans", "Spans looked at"],
                [.. traces.Select(one => (IReadOnlyList<string>)[one.Arm.Name, one.Trace.TraceId, Milliseconds(one.Trace.DurationSeconds), DisplayText.Count(one.Trace.Spans.Count + one.Trace.LeftOutCount), DisplayText.Count(one.Arm.Traces!.SpanCount)])])
            {
                Figures = [.. traces.Select(one => new TraceFigure($"{one.Arm.Name}: {Milliseconds(one.Trace.DurationSeconds)} ms", one.Trace, [], traceUi?.LinkTo(one.Trace.TraceId)))],
            };
        }
    }

    private static ExtraSection Personal(ArmAnalysis[] arms)
    {
        var spans = arms.Sum(arm => arm.Traces!.SpanCount);
        var rows = arms.SelectMany(Rows).ToArray();
        return new ExtraSection(
            "personal-data",
            "Personal data in the exported spans",
            $"Names, attributes, events and status texts of {DisplayText.Count(spans)} spans were searched for e-mail addresses, card numbers with a valid check digit, bearer tokens and the scenario's own patterns. {(rows.Length == 0 ? "None was found." : "Places and counts; the values are kept nowhere.")}",
            ["Arm", "Service", "Span", "Part", "Key", "Kind", "Times"],
            rows);
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
