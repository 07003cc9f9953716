using System.Globalization;
using PerfLab.Collector.PersonalData;
using PerfLab.Experiments.Results;

namespace PerfLab.Collector.TraceInspection;

/// <summary>Lays out the slowest whole request.</summary>
internal static class SlowestTrace
{
    private const int MaxSpans = 100;
    private const int MaxDepth = 32;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Finds it; null where no root span was seen.</summary>
    public static TraceWaterfall? Find(IReadOnlyList<SpanRecord> spans, PersonalDataDetector texts)
    {
        if (spans.Where(span => span.ParentId == 0).MaxBy(span => span.Seconds) is not { } root)
        {
            return null;
        }

        SpanRecord[] members = [.. spans.Where(span => span.TraceId == root.TraceId).DistinctBy(span => span.SpanId)];
        var children = members.Where(span => span.ParentId != 0).OrderBy(span => span.Start).ToLookup(span => span.ParentId);
        var rows = new List<WaterfallSpan>();
        Add(root, depth: 0);
        return new TraceWaterfall(
            root.TraceId.ToString("x32", CultureInfo.InvariantCulture), root.Seconds, rows, members.Length - rows.Count);

        void Add(SpanRecord span, int depth)
        {
            if (rows.Count >= MaxSpans || depth > MaxDepth)
            {
                return;
            }

            // The difference first: a time since 1970 in a double is off by some hundred nanoseconds.
            var start = unchecked((long)(span.Start - root.Start)) / NanosecondsPerSecond;
            rows.Add(new WaterfallSpan(texts.Mask(span.Service), texts.Mask(span.Name), depth, start, span.Seconds, span.IsError));
            foreach (var child in children[span.SpanId])
            {
                Add(child, depth + 1);
            }
        }
    }
}
