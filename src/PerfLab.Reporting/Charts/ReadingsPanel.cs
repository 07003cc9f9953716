using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>Columns of figures at the right of a chart, one line for each row of it, aligned at the right.</summary>
/// <param name="rows">The figures; each row has one for each column.</param>
/// <param name="rightEdges">Right edge of each column in pixels.</param>
/// <param name="rowPixels">Height of a row of the chart.</param>
/// <param name="textPixels">Size of the text.</param>
internal sealed class ReadingsPanel(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<float> rightEdges, float rowPixels, float textPixels) : IPanel
{
    private const float GapPixels = 10;

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Right;

    /// <summary>Lays the columns out from a left edge; the last column's right edge is where they end.</summary>
    public static IReadOnlyList<float> Arrange(IReadOnlyList<IReadOnlyList<string>> rows, float textPixels)
    {
        List<float> edges = [];
        var edge = 0f;
        for (var column = 0; column < rows[0].Count; column++)
        {
            edge += GapPixels + rows.Max(row => ChartFont.Measure(row[column], textPixels));
            edges.Add(edge);
        }

        return edges;
    }

    public float Measure(Paint paint) => 0;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Right, dataRect.Right, dataRect.Bottom, dataRect.Top);

    public void Render(RenderPack rp, float size, float offset)
    {
        var style = new LabelStyle
        {
            FontName = ChartFont.Family,
            FontSize = textPixels,
            ForeColor = ChartPalette.Ink.OnPaper,
            Alignment = Alignment.MiddleRight,
        };
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rightEdges.Count; column++)
            {
                style.Text = rows[row][column];
                style.Render(rp.Canvas, new Pixel(rp.DataRect.Right + rightEdges[column], rp.DataRect.Top + ((row + 0.5f) * rowPixels)), rp.Paint);
            }
        }
    }
}
