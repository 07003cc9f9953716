using System.Globalization;
using PerfLab.Cli.Display;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Results.Benches;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Cli.Verbs.Benches;

/// <summary>Where benches leave what they measured: <c>results/bench/</c>.</summary>
internal static class BenchFiles
{
    /// <summary>Gets the command that starts this program.</summary>
    public static IReadOnlyList<string> Program => [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "perflab.dll")];

    /// <summary>The folder of benches.</summary>
    public static string FolderIn(string results) => Path.Combine(results, "bench");

    /// <summary>Shows a table, and writes it and its record.</summary>
    public static async Task ShowAndWriteAsync<T>(string results, DateTimeOffset started, string name, T record, IReadOnlyList<TerminalText> lines)
    {
        Console.WriteLine();
        foreach (var line in lines)
        {
            TerminalMarkup.WriteLine(line);
        }

        Directory.CreateDirectory(FolderIn(results));
        var stem = Path.Combine(FolderIn(results), string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd'T'HHmmss'Z'}-{name}"));
        RunFolder.Write(stem + ".json", record);
        await File.WriteAllLinesAsync(stem + ".txt", lines.Select(line => line.Text));
        Console.WriteLine($"Written: {stem}.json, {stem}.txt");
    }

    /// <summary>Gets how a bench ends.</summary>
    public static int CodeOf(IReadOnlyList<BenchGoal> goals) =>
        goals.Any(goal => goal.Outcome == BenchOutcome.Missed) ? ExitCode.ThresholdFailed : ExitCode.Passed;
}
