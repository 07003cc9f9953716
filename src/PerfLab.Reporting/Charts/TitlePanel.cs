using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>A title that starts at the left edge of the figure, on as many lines as it needs.</summary>
internal sealed class TitlePanel(IReadOnlyList<string> lines, float sizePixels, float linePixels) : IPanel
{
    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Top;

    public float Measure(Paint paint) => lines.Count * linePixels;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(0, dataRect.Right, dataRect.Top, dataRect.Top - Measure(paint));

    public void Render(RenderPack rp, float size, float offset)
    {
        var style = new LabelStyle
        {
            FontName = ChartFont.Family,
            Bold = true,
            FontSize = sizePixels,
            ForeColor = ChartPalette.Ink.OnPaper,
            Alignment = Alignment.UpperLeft,
        };
        for (var line = 0; line < lines.Count; line++)
        {
            style.Text = lines[line];
            style.Render(rp.Canvas, new Pixel(2 * ChartCanvas.Edge, (1.5f * ChartCanvas.Edge) + (line * linePixels)), rp.Paint);
        }
    }
}
