namespace PerfLab.Reporting.Charts;

/// <summary>The room in which a chart is drawn.</summary>
/// <param name="WidthPixels">Width.</param>
/// <param name="ShowsTitle">Whether the chart carries its title; not where a page has it as a heading.</param>
internal sealed record ChartFrame(int WidthPixels, bool ShowsTitle)
{
    /// <summary>A chart as a file of its own.</summary>
    public static readonly ChartFrame File = new(760, ShowsTitle: true);

    /// <summary>A chart in the page on a wide screen.</summary>
    public static readonly ChartFrame Wide = new(540, ShowsTitle: false);

    /// <summary>A chart in the page on a telephone.</summary>
    public static readonly ChartFrame Narrow = new(330, ShowsTitle: false);

    /// <summary>Gets a value indicating whether labels must be short.</summary>
    public bool IsNarrow => WidthPixels < 420;

    /// <summary>Gets a value indicating whether there is room for intervals as figures; a page has them in its tables.</summary>
    public bool ShowsIntervals => ShowsTitle;

    /// <summary>Gets the size of text in pixels.</summary>
    public float TextPixels => IsNarrow ? 11 : 12;

    /// <summary>Gets the widest name of an arm in pixels.</summary>
    public float NamePixels => IsNarrow ? 92 : 150;
}
