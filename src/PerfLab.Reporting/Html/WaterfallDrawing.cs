using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Html;

/// <summary>Draws a trace: a row for each span, its place and length in time as a bar.</summary>
internal static class WaterfallDrawing
{
    private const int RowHeight = 22;
    private const int LabelWidth = 380;
    private const int BarsWidth = 620;
    private const int DurationRoom = 90;
    private const int Indent = 12;
    private const int MaxIndent = 10;
    private const int MaxLabelCharacters = 46;

    // A drawing is never broken between pages: a long trace needs several, of which three fit on one.
    private const int RowsOfOneDrawing = 30;

    /// <summary>Draws it: one drawing below the other, all on one scale.</summary>
    public static Markup Of(TraceWaterfall trace)
    {
        var first = Math.Min(0, trace.Spans.Min(span => span.StartSeconds));
        var last = Math.Max(trace.DurationSeconds, trace.Spans.Max(span => span.StartSeconds + span.DurationSeconds));
        var scale = last > first ? BarsWidth / (last - first) : 0;
        return Markup.Lines(trace.Spans.Chunk(RowsOfOneDrawing).Select((spans, part) => Drawing(
            $"The spans of trace {trace.TraceId}{(part == 0 ? string.Empty : ", continued")}", spans, first, scale)));
    }

    private static Markup Drawing(string label, WaterfallSpan[] spans, double first, double scale)
    {
        var height = spans.Length * RowHeight;
        return Markup.Of($"""
            <svg class="waterfall" viewBox="0 0 {LabelWidth + BarsWidth + DurationRoom} {height}" width="{LabelWidth + BarsWidth + DurationRoom}" height="{height}" role="img" aria-label="{label}">
            {spans.Select((span, index) => Row(span, index, first, scale))}
            </svg>
            """);
    }

    private static Markup Row(WaterfallSpan span, int index, double first, double scale)
    {
        var top = index * RowHeight;
        var indent = Indent * Math.Min(span.Depth, MaxIndent);
        var left = LabelWidth + ((span.StartSeconds - first) * scale);
        var width = Math.Max(2, span.DurationSeconds * scale);
        return Markup.Of($"""
            <g class="{(span.IsError ? "failed" : "fine")}"><text x="{indent}" y="{top + 15}">{Shorten(span.Name)}<tspan class="muted"> {span.Service}</tspan></text>
            <rect x="{Number(left)}" y="{top + 5}" width="{Number(width)}" height="{RowHeight - 9}" rx="2"/>
            <text class="muted" x="{Number(left + width + 6)}" y="{top + 15}">{Duration(span.DurationSeconds)}{(span.IsError ? " error" : string.Empty)}</text></g>
            """);
    }

    private static string Shorten(string name) => name.Length > MaxLabelCharacters ? name[..(MaxLabelCharacters - 1)] + "…" : name;

    private static string Duration(double seconds) => seconds < 0.001
        ? (seconds * 1e6).ToString("#,0 'µs'", CultureInfo.InvariantCulture)
        : (seconds * 1e3).ToString("#,0.00 'ms'", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
