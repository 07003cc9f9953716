namespace PerfLab.Reporting.Charts;

/// <summary>Names of a legend in columns of equal width.</summary>
/// <param name="Names">The names, cut where they do not fit.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="ColumnPixels">Width of a column.</param>
/// <param name="SymbolPixels">Room for the symbol before a name.</param>
internal sealed record LegendLayout(IReadOnlyList<string> Names, int Columns, float ColumnPixels, float SymbolPixels)
{
    private const float GapPixels = 18;

    /// <summary>Gets the number of lines.</summary>
    public int Lines => (Names.Count + Columns - 1) / Columns;

    /// <summary>Arranges names in as many columns as fit.</summary>
    public static LegendLayout Arrange(IReadOnlyList<string> names, float symbolPixels, float widthPixels, float textPixels)
    {
        var widest = names.Max(name => ChartFont.Measure(ChartFont.Drawable(name), textPixels));
        var column = Math.Min(widest + symbolPixels + GapPixels, widthPixels);
        var columns = Math.Max(1, (int)(widthPixels / column));
        return new LegendLayout(
            [.. names.Select(name => ChartFont.Fit(name, column - symbolPixels - GapPixels + 1, textPixels))],
            columns,
            column,
            symbolPixels);
    }
}
