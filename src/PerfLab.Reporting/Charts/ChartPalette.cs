namespace PerfLab.Reporting.Charts;

/// <summary>
/// The colours of all charts. Each has its own hexadecimal code, because the style sheet finds a drawn shape by it when it
/// turns a chart dark. Contrast on white is at least 3:1 for marks and 4.5:1 for text (WCAG 2.2, 1.4.3 and 1.4.11).
/// </summary>
internal static class ChartPalette
{
    public static readonly ChartColor Ink = new("#1A2027", "#E8EBEE");
    public static readonly ChartColor Muted = new("#5A6572", "#A3ADB8");
    public static readonly ChartColor Axis = new("#8B95A1", "#6B7580");
    public static readonly ChartColor Grid = new("#E4E8EC", "#2B323A");
    public static readonly ChartColor Band = new("#E9EDF1", "#262D35");
    public static readonly ChartColor ControlRow = new("#F5F7F9", "#1E242B");
    public static readonly ChartColor Dot = new("#B4BCC6", "#5B6570");

    public static readonly ChartColor More = new("#B5451F", "#F0916B");
    public static readonly ChartColor Less = new("#0B7A6F", "#4CC7B6");
    public static readonly ChartColor Same = new("#4A5764", "#B3BDC8");
    public static readonly ChartColor Unsure = new("#8F6400", "#E0B54A");
    public static readonly ChartColor Bar = new("#3D6FA8", "#7FB0E6");

    /// <summary>
    /// One colour for each variant, again from the start after the last: the qualitative set of Okabe and Ito (2008),
    /// darkened where it is too light for a line on white.
    /// </summary>
    public static readonly IReadOnlyList<ChartColor> Series =
    [
        new("#0072B2", "#5BB1E5"),
        new("#D05A00", "#F39A56"),
        new("#008A66", "#3FCBA2"),
        new("#A8508A", "#E4A0CB"),
        new("#85680A", "#D8BC4E"),
        new("#4E43B0", "#A59CF5"),
        new("#A32035", "#F2808F"),
        new("#46761F", "#97CB6F"),
    ];

    /// <summary>Gets every colour that a chart is drawn with.</summary>
    public static IReadOnlyList<ChartColor> All { get; } =
        [Ink, Muted, Axis, Grid, Band, ControlRow, Dot, More, Less, Same, Unsure, Bar, .. Series];
}

/// <summary>A colour on paper and its twin on a dark page, both as <c>#RRGGBB</c>.</summary>
/// <param name="Light">On a white page; what the charts are drawn with.</param>
/// <param name="Dark">On a dark page; put in place by the style sheet of the HTML report.</param>
internal sealed record ChartColor(string Light, string Dark)
{
    /// <summary>Gets the colour as ScottPlot draws it.</summary>
    public ScottPlot.Color OnPaper => ScottPlot.Color.FromHex(Light);
}
