using System.Globalization;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>Compares the rows that a load needs with those that its feeds have.</summary>
internal static class RowDemand
{
    /// <summary>Refuses a load that would use a row twice, if the test asks for it.</summary>
    /// <param name="test">The load.</param>
    /// <param name="phases">Its warm-up and its phases.</param>
    /// <exception cref="ArgumentException">A feed is too short, or nobody knows how many rows are needed.</exception>
    public static void Check(LoadTest test, IReadOnlyList<LoadPhase> phases)
    {
        if (!test.UsesRowsOnce || !test.Feeds.Any(feed => feed.RowCount is not null))
        {
            return;
        }

        if (phases.OfType<LoadPhase.Closed>().Any(phase => phase.Load.Duration is not null))
        {
            throw new ArgumentException("How many rows a closed loop uses within a time is not known before (--feed-once). Use a rate, or iterations_for_constant(COPIES, COUNT).", nameof(test));
        }

        var needed = phases.Sum(phase => phase switch
        {
            LoadPhase.Open(var schedule) => schedule.OffsetsNanoseconds.Length,
            LoadPhase.Closed(var load) => load.MaxIterations ?? 0,
            _ => 0,
        });
        if (ShortestOf(test.Feeds, needed) is { } feed)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Feed '{feed.Name}' has {feed.RowCount:#,0} rows and the load needs {needed:#,0} (--feed-once). Give it more rows, or leave --feed-once out to use rows again."), nameof(test));
        }
    }

    /// <summary>Finds the feed that runs out of rows first; null when all have enough.</summary>
    public static DataFeed? ShortestOf(IReadOnlyList<DataFeed> feeds, long needed) =>
        feeds.Where(feed => feed.RowCount < needed).MinBy(feed => feed.RowCount);
}
