using System.Text.Json;
using System.Text.Json.Serialization;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting;

/// <summary>
/// The waterfalls of a report as Chrome trace events, which Perfetto and chrome://tracing open: a process for each arm and service,
/// a complete event for each span, and a flow for each call from one service to another. Every trace begins at 0.
/// </summary>
internal static class WaterfallEvents
{
    private const double NanosecondsPerSecond = 1e9;
    private const decimal NanosecondsPerMicrosecond = 1000;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes them, an event to a line; null where the report shows no trace.</summary>
    public static string? Write(RunAnalysis analysis)
    {
        var events = new List<TraceEvent>();
        foreach (var arm in analysis.Arms)
        {
            if (arm.Traces?.Slowest is { Spans.Count: > 0 } trace)
            {
                Add(arm.Name, trace, events);
            }
        }

        return events.Count == 0
            ? null
            : $"{{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n{string.Join(",\n", events.Select(one => JsonSerializer.Serialize(one, s_options)))}\n]}}\n";
    }

    private static void Add(string arm, TraceWaterfall trace, List<TraceEvent> events)
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = events.Count(one => one.Ph == "M") + 1;
        foreach (var service in trace.Spans.Select(span => span.Service).Distinct(StringComparer.Ordinal))
        {
            processes[service] = first + processes.Count;
            events.Add(new TraceEvent("process_name", "M", processes[service], 0, null) { Args = new() { ["name"] = $"{arm}: {service}" } });
        }

        foreach (var span in Place(trace))
        {
            var process = processes[span.Of.Service];
            events.Add(new TraceEvent(span.Of.Name, "X", process, span.Lane, Microseconds(span.Start))
            {
                Dur = Microseconds(span.End - span.Start),
                Cat = span.Of.IsError ? "span,error" : "span",
                Args = new() { ["trace_id"] = trace.TraceId, ["status"] = span.Of.IsError ? "error" : "not an error" },
            });
            if (span.Parent is { } caller && caller.Of.Service != span.Of.Service)
            {
                // A flow begins and ends inside an event: where the clocks of two machines differ, at the caller's nearer end.
                var id = events.Count;
                events.Add(new TraceEvent("call", "s", processes[caller.Of.Service], caller.Lane, Microseconds(Math.Clamp(span.Start, caller.Start, caller.End))) { Cat = "call", Id = id });
                events.Add(new TraceEvent("call", "f", process, span.Lane, Microseconds(span.Start)) { Cat = "call", Id = id, Bp = "e" });
            }
        }
    }

    // Events of one thread must lie beside or inside one another: what overlaps goes into a lane of its own, as a thread.
    private static List<PlacedSpan> Place(TraceWaterfall trace)
    {
        var origin = Nanoseconds(trace.Spans.Min(span => span.StartSeconds));
        var placed = new List<PlacedSpan>();
        var path = new List<PlacedSpan>();
        foreach (var span in trace.Spans)
        {
            // Spans stand below their parents, so the path to one is what stands above it with less depth.
            path.RemoveRange(Math.Min(span.Depth, path.Count), path.Count - Math.Min(span.Depth, path.Count));
            var start = Nanoseconds(span.StartSeconds) - origin;
            var one = new PlacedSpan(span, path.LastOrDefault(), start, start + Math.Max(0, Nanoseconds(span.DurationSeconds)));
            var others = placed.Where(other => other.Of.Service == span.Service).ToLookup(other => other.Lane);
            int[] lanes = [.. one.Parent is { } parent && parent.Of.Service == span.Service ? [parent.Lane] : Array.Empty<int>(), .. Enumerable.Range(1, placed.Count + 1)];
            one = one with { Lane = lanes.First(lane => others[lane].All(other => other.LeavesRoomFor(one, path))) };
            placed.Add(one);
            path.Add(one);
        }

        return placed;
    }

    private static long Nanoseconds(double seconds) => (long)Math.Round(seconds * NanosecondsPerSecond);

    private static decimal Microseconds(long nanoseconds) => nanoseconds / NanosecondsPerMicrosecond;

    private sealed record PlacedSpan(WaterfallSpan Of, PlacedSpan? Parent, long Start, long End)
    {
        public int Lane { get; init; }

        public bool LeavesRoomFor(PlacedSpan other, List<PlacedSpan> above) =>
            other.End <= Start || other.Start >= End || (above.Any(ancestor => ReferenceEquals(ancestor, this)) && Start <= other.Start && End >= other.End);
    }

    // The format's own names: https://perfetto.dev/docs/getting-started/other-formats
    private sealed record TraceEvent(string Name, string Ph, int Pid, int Tid, decimal? Ts)
    {
        public string? Cat { get; init; }

        public decimal? Dur { get; init; }

        public int? Id { get; init; }

        public string? Bp { get; init; }

        public Dictionary<string, string>? Args { get; init; }
    }
}
