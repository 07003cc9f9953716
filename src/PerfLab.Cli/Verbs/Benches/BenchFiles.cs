using System.Globalization;
using PerfLab.Cli.Display;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Results.Benches;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Cli.Verbs.Benches;

/// <summary>Shows what a bench measured and writes it into <c>results/bench/</c>.</summary>
internal static class BenchFiles
{
    /// <summary>Gets the command that starts this program.</summary>
    public static IReadOnlyList<string> Program => [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "perflab.dll")];

    /// <summary>Shows and writes a bench.</summary>
    /// <returns>The exit code that its goals deserve.</returns>
    public static async Task<int> ShowAndWriteAsync<T>(T record, string name, DateTimeOffset started, IReadOnlyList<TerminalText> text, IEnumerable<BenchGoal> goals, string results)
    {
        Console.WriteLine();
        foreach (var line in text)
        {
            TerminalMarkup.WriteLine(line);
        }

        var folder = Path.Combine(results, "bench");
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd'T'HHmmss'Z'}-{name}"));
        RunFolder.Write(stem + ".json", record);
        await File.WriteAllLinesAsync(stem + ".txt", text.Select(line => line.Text));
        Console.WriteLine($"Written: {stem}.json, {stem}.txt");
        return goals.Any(goal => goal.Outcome == BenchOutcome.Missed) ? ExitCode.ThresholdFailed : ExitCode.Passed;
    }
}
