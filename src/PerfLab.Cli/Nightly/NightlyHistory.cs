using PerfLab.Analysis.Gates;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Reporting.Gates;

namespace PerfLab.Cli.Nightly;

/// <summary>Shows the nights of a gate together: <c>nightly --history</c>, and a page beside the history after each night.</summary>
internal static class NightlyHistory
{
    /// <summary>Prints the shifts of a history and writes its page.</summary>
    /// <exception cref="UsageException">There is no night yet.</exception>
    public static int Show(GatePolicy policy, string results)
    {
        var reading = HistoryFile.Of(results, policy.Name).Read();
        var trends = HistoryTrend.Of(reading.Entries);
        if (trends.Count == 0)
        {
            throw new UsageException($"{HistoryFile.Of(results, policy.Name).Path} has no night that measured something. Start one: {StartCommand.Name} nightly --baseline COMMIT.");
        }

        foreach (var line in HistoryReport.Compose(policy.Name, reading, trends))
        {
            TerminalMarkup.WriteLine(line);
        }

        Console.WriteLine($"Page: {WritePage(policy.Name, results, trends)}");
        return ExitCode.Passed;
    }

    /// <summary>Writes the page of a history beside it.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string WritePage(string gate, string results, IReadOnlyList<HistoryTrend> trends)
    {
        var page = Path.ChangeExtension(HistoryFile.Of(results, gate).Path, ".html");
        File.WriteAllText(page, HistoryReport.Html(gate, trends));
        return page;
    }
}
