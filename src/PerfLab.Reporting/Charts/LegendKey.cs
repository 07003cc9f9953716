using ScottPlot;

namespace PerfLab.Reporting.Charts;

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
