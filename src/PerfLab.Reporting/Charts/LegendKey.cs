using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>How a curve is told from others: colour and mark, so that neither must do alone.</summary>
/// <param name="Color">Colour.</param>
/// <param name="Shape">Mark at the landmarks.</param>
/// <param name="LineWidth">Width of the line in pixels.</param>
internal sealed record LegendKey(ChartColor Color, MarkerShape Shape, float LineWidth);
