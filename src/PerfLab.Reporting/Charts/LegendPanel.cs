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
