using System.Globalization;
using PerfLab.Experiments.Results;

namespace PerfLab.Reporting.Html;

/// <summary>Draws who calls whom: services in columns by how far they are from the caller outside, calls as lines with their figures.</summary>
internal static class ServiceMapDrawing
{
    private const int BoxWidth = 150;
    private const int BoxHeight = 38;
    private const int ColumnWidth = 400;
    private const int RowHeight = 84;
    private const int Margin = 24;
    private const int MaxNameCharacters = 19;

    /// <summary>Draws it.</summary>
    /// <param name="edges">The calls; at least one.</param>
    public static Markup Of(IReadOnlyList<ServiceEdge> edges)
    {
        var places = Places(edges);
        var width = places.Values.Max(place => place.X) + BoxWidth + Margin;
        var height = places.Values.Max(place => place.Y) + BoxHeight + Margin;
        return Markup.Of($"""
            <svg class="map" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="Services and the calls between them; the table below has the same figures">
            {edges.Select(edge => Line(edge, places[edge.From], places[edge.To]))}
            {places.Select(place => Box(place.Key, place.Value))}
            </svg>
            """);
    }

    private static Dictionary<string, (int X, int Y)> Places(IReadOnlyList<ServiceEdge> edges)
    {
        string[] names = [.. edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct(StringComparer.Ordinal)];
        var columns = Columns(names, edges);
        var filled = new Dictionary<int, int>();
        var places = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        foreach (var name in names.OrderBy(name => columns[name]))
        {
            var row = filled.GetValueOrDefault(columns[name]);
            filled[columns[name]] = row + 1;
            places[name] = (Margin + (columns[name] * ColumnWidth), Margin + (row * RowHeight));
        }

        return places;
    }

    // The distance from who is called by nobody; in a circle from the first that calls.
    private static Dictionary<string, int> Columns(string[] names, IReadOnlyList<ServiceEdge> edges)
    {
        string[] sources = [.. names.Where(name => edges.All(edge => edge.To != name || edge.From == name))];
        var columns = (sources.Length > 0 ? sources : [names[0]]).ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        var queue = new Queue<string>(columns.Keys);
        while (queue.TryDequeue(out var from))
        {
            foreach (var edge in edges.Where(edge => edge.From == from && columns.TryAdd(edge.To, columns[from] + 1)))
            {
                queue.Enqueue(edge.To);
            }
        }

        foreach (var name in names)
        {
            columns.TryAdd(name, 0);
        }

        return columns;
    }

    private static Markup Box(string name, (int X, int Y) place) => Markup.Of($"""
        <g class="service"><rect x="{place.X}" y="{place.Y}" width="{BoxWidth}" height="{BoxHeight}" rx="6"/><text x="{place.X + (BoxWidth / 2)}" y="{place.Y + 24}" text-anchor="middle">{(name.Length > MaxNameCharacters ? name[..(MaxNameCharacters - 1)] + "…" : name)}</text></g>
        """);

    private static Markup Line(ServiceEdge edge, (int X, int Y) from, (int X, int Y) to)
    {
        var forward = to.X > from.X;
        var (startX, startY) = (from.X + BoxWidth, from.Y + (BoxHeight / 2));
        var (endX, endY) = forward ? (to.X - 8, to.Y + (BoxHeight / 2)) : (to.X + (BoxWidth / 2), to.Y + BoxHeight + 8);
        var bend = forward ? (endX - startX) / 2 : ColumnWidth / 4;
        var lineEndY = forward ? endY : endY + 26;
        var head = forward
            ? $"{endX},{endY - 5} {endX + 8},{endY} {endX},{endY + 5}"
            : $"{endX - 5},{endY} {endX},{endY - 8} {endX + 5},{endY}";
        var path = string.Create(CultureInfo.InvariantCulture, $"M{startX} {startY} C{startX + bend} {startY} {(forward ? endX - bend : endX)} {(forward ? endY : lineEndY)} {endX} {endY}");
        return Markup.Of($"""
            <g class="{(edge.Errors > 0 ? "call failed" : "call")}"><path d="{path}"/><polygon points="{head}"/>
            <text x="{(startX + endX) / 2}" y="{((startY + endY) / 2) - 8}" text-anchor="middle">{Figures(edge)}</text>
            <text x="{(startX + endX) / 2}" y="{((startY + endY) / 2) + 16}" text-anchor="middle">{Durations(edge)}</text></g>
            """);
    }

    private static string Figures(ServiceEdge edge) => string.Create(
        CultureInfo.InvariantCulture, $"{edge.Calls:N0} calls, {edge.Errors:N0} errors");

    private static string Durations(ServiceEdge edge) => string.Create(
        CultureInfo.InvariantCulture, $"p50 {edge.MedianSeconds * 1e3:0.00} ms{(edge.P99Seconds is { } p99 ? string.Create(CultureInfo.InvariantCulture, $", p99 {p99 * 1e3:0.00} ms") : string.Empty)}");
}
