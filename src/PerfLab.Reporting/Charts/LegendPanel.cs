using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>A legend below a chart, read row by row in plan order.</summary>
internal sealed class LegendPanel(IReadOnlyList<LegendKey> keys, LegendLayout layout, float left, float top, float linePixels, float textPixels) : IPanel
{
    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Bottom;

    public float Measure(Paint paint) => layout.Lines * linePixels;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(0, dataRect.Right, dataRect.Bottom + Measure(paint), dataRect.Bottom);

    public void Render(RenderPack rp, float size, float offset)
    {
        for (var entry = 0; entry < keys.Count; entry++)
        {
            var x = left + (entry % layout.Columns * layout.ColumnPixels);
            var y = top + (entry / layout.Columns * linePixels) + (linePixels / 2) - (ChartCanvas.Edge / 2);
            RenderEntry(rp, keys[entry], layout.Names[entry], x, y);
        }
    }

    private void RenderEntry(RenderPack rp, LegendKey key, string name, float x, float y)
    {
        var end = x + layout.SymbolPixels - ChartCanvas.Edge;
        var line = new LineStyle { Width = key.LineWidth, Color = key.Color.OnPaper };
        Drawing.DrawLine(rp.Canvas, rp.Paint, new PixelLine(x, y, end, y), line);
        if (key.Shape != MarkerShape.None)
        {
            var mark = new MarkerStyle(key.Shape, 6, key.Color.OnPaper);
            mark.LineColor = key.Color.OnPaper;
            Drawing.DrawMarker(rp.Canvas, rp.Paint, new Pixel((x + end) / 2, y), mark);
        }

        var text = new LabelStyle
        {
            Text = name,
            FontName = ChartFont.Family,
            FontSize = textPixels,
            ForeColor = ChartPalette.Ink.OnPaper,
            Alignment = Alignment.MiddleLeft,
        };
        text.Render(rp.Canvas, new Pixel(x + layout.SymbolPixels, y), rp.Paint);
    }
}

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

/// <summary>How a curve is told from others: colour and mark, so that neither must do alone.</summary>
/// <param name="Color">Colour.</param>
/// <param name="Shape">Mark at the landmarks.</param>
/// <param name="LineWidth">Width of the line in pixels.</param>
internal sealed record LegendKey(ChartColor Color, MarkerShape Shape, float LineWidth)
{
    // Five shapes and eight colours meet again only after forty variants. No dashes: the SVG device cannot draw them.
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>Gets the key of a variant.</summary>
    /// <param name="variant">Its place among the variants, from 0: the same in every chart.</param>
    /// <param name="lineWidth">Width of the line in pixels.</param>
    public static LegendKey OfVariant(int variant, float lineWidth) =>
        new(ChartPalette.Series[variant % ChartPalette.Series.Count], Shapes[variant % Shapes.Length], lineWidth);
}
