using PerfLab.Experiments.Results.Traces;

namespace PerfLab.Reporting.Content;

/// <summary>A drawing made of spans: either a waterfall or a map.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Waterfall">The trace to lay out; null for a map.</param>
/// <param name="Edges">The calls to draw; empty for a waterfall.</param>
/// <param name="Link">Where the trace can be looked at; null where nobody said.</param>
internal sealed record TraceFigure(string Title, TraceWaterfall? Waterfall, IReadOnlyList<ServiceEdge> Edges, string? Link);
