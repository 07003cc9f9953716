using ScottPlot;

namespace PerfLab.Reporting.Charts;

/// <summary>A chart of a run.</summary>
internal interface IChart
{
    /// <summary>Gets the name of its files without the ending.</summary>
    string Stem { get; }

    /// <summary>Gets what is seen, as a sentence without a full stop.</summary>
    string Title { get; }

    /// <summary>Gets the same in words, for who cannot see it.</summary>
    string Description { get; }

    /// <summary>Gets how to read it.</summary>
    string Caption { get; }

    /// <summary>Draws it.</summary>
    /// <returns>The plot and its height in pixels.</returns>
    (Plot Plot, int HeightPixels) Draw(ChartFrame frame);
}
