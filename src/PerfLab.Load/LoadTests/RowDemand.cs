using System.Globalization;
using PerfLab.Load.Feeds;
using PerfLab.Load.Simulations;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.LoadTests;

/// <summary>Compares the rows that a load needs with those that its feeds have.</summary>
internal static class RowDemand
{
    /// <summary>Refuses a load that would use a row twice, if the test asks for it.</summary>
    /// <param name="test">The load.</param>
    /// <param name="mix">Its requests.</param>
    /// <param name="phases">Its warm-up and its phases.</param>
    /// <exception cref="ArgumentException">A feed is too short, or nobody knows how many rows are needed.</exception>
    public static void Check(LoadTest test, RequestMix mix, IReadOnlyList<LoadPhase> phases)
    {
        int[] used = [.. Enumerable.Range(0, test.Feeds.Count).Where(feed => mix.RowsUsed(feed, long.MaxValue / 2) > 0)];
        if (!test.UsesRowsOnce || used.Length == 0)
        {
            return;
        }

        if (phases.OfType<LoadPhase.Closed>().Any(phase => phase.Load.Duration is not null))
        {
            throw new ArgumentException("How many rows a closed loop uses within a time is not known before (--feed-once). Use a rate, or iterations_for_constant(COPIES, COUNT).", nameof(test));
        }

        if (used.Where(mix.UsesRowsTwice).Select(feed => test.Feeds[feed].Name).FirstOrDefault() is { } shared)
        {
            throw new ArgumentException($"Feed '{shared}' is used by requests with generated fields and by others, which count their rows apart (--feed-once). Give each of them a feed of its own.", nameof(test));
        }

        var needed = phases.Sum(phase => phase switch
        {
            LoadPhase.Open(var schedule) => schedule.OffsetsNanoseconds.Length,
            LoadPhase.Closed(var load) => load.MaxIterations ?? 0,
            _ => 0,
        });
        if (ShortestOf(test.Feeds, mix, needed) is { } demand)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Feed '{demand.Feed.Name}' has {demand.Feed.RowCount:#,0} rows and the load needs {demand.Rows:#,0} (--feed-once). Give it more rows, or leave --feed-once out to use rows again."), nameof(test));
        }
    }

    /// <summary>Finds the feed that runs out of rows first; null when all have enough.</summary>
    public static FeedDemand? ShortestOf(IReadOnlyList<DataFeed> feeds, RequestMix mix, long requests) => feeds
        .Select((feed, index) => new FeedDemand(feed, feed.RowCount is null ? 0 : mix.RowsUsed(index, requests)))
        .Where(demand => demand.Feed.RowCount < demand.Rows)
        .MinBy(demand => demand.Feed.RowCount);
}

/// <summary>Finds feeds that would be read in vain, as those for <c>{id}</c>, which other tools fill.</summary>
internal static class FeedUse
{
    /// <summary>Refuses a load with a feed, or a generated field, that no request uses.</summary>
    /// <param name="test">The load.</param>
    /// <param name="mix">Its requests.</param>
    /// <exception cref="ArgumentException">There are some; the message names all.</exception>
    public static void Check(LoadTest test, RequestMix mix)
    {
        string[] faults = [.. test.Feeds.SelectMany((feed, index) => FaultsOf(feed, [.. feed.Fields.Where((_, field) => !mix.Uses(new FieldReference(index, field)))]))];
        if (faults.Length > 0)
        {
            var hint = test.Body is { Placeholders: PlaceholderRule.None } ? " The body has no placeholders: --body-raw is given, or its file is not UTF-8." : string.Empty;
            throw new ArgumentException(string.Join(Environment.NewLine, faults.Select(fault => fault + hint)), nameof(test));
        }
    }

    // The fields of a file belong together; generated ones are given one by one.
    private static IEnumerable<string> FaultsOf(DataFeed feed, string[] unused) =>
        feed.RowCount is null ? unused.Select(field => Fault($"Generated field '{field}'", field, "--generate"))
        : unused.Length == feed.Fields.Count ? [Fault($"Feed '{feed.Name}'", unused[0], "--feed")]
        : [];

    private static string Fault(string what, string field, string option) =>
        $"{what} is used by no request ({option}). Write {{{{{field}}}}} in the address, a header or the body, or leave {option} out.";
}

/// <summary>The rows that a load uses of a feed.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Rows">How many uses there are of a row; more than the feed has means that some come again.</param>
public sealed record FeedDemand(DataFeed Feed, long Rows);
