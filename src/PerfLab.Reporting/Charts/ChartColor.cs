namespace PerfLab.Reporting.Charts;

/// <summary>A colour on paper and its twin on a dark page, both as <c>#RRGGBB</c>.</summary>
/// <param name="Light">On a white page; what the charts are drawn with.</param>
/// <param name="Dark">On a dark page; put in place by the style sheet of the HTML report.</param>
internal sealed record ChartColor(string Light, string Dark)
{
    /// <summary>Gets the colour as ScottPlot draws it.</summary>
    public ScottPlot.Color OnPaper => ScottPlot.Color.FromHex(Light);
}
