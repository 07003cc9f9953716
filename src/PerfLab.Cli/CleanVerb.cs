using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Reporting.Wording;

namespace PerfLab.Cli;

/// <summary><c>clean</c>: removes old runs by a rule, and what killed runs have left: processes, temporary folders, unfinished launch sets.</summary>
internal static partial class CleanVerb
{
    private const int MostRuns = 1_000_000;
    private const int MostDays = 36_500;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var keep = NumberOption.CreateOptional("--keep", new WholeNumbers<int>(0, MostRuns, "20 is a good start."), "Keep this many of the newest runs, and of the newest capacity searches and diagnoses.");
        var olderThan = new Option<string?>("--older-than") { Description = "Remove only what is older, for example 30d or 12h.", HelpName = "TIME" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed, and remove nothing." };
        var results = ResultsOption.Create();
        var command = new Command("clean", "Remove old runs by a rule, never one that is being written, and what killed runs have left behind.") { keep, olderThan, dryRun, results };
        command.SetAction(parse => Run(
            ReadRule(parse.GetValue(keep), parse.GetValue(olderThan)), parse.GetRequiredValue(results), parse.GetValue(dryRun)));
        return command;
    }

    private static RunRetention ReadRule(int? keep, string? olderThan)
    {
        var faults = new UsageFaults();
        faults.Unless(keep is not null || olderThan is not null, "No rule says what may go (clean). Add --keep 20, --older-than 30d, or both: then only what neither keeps is removed.");
        var age = olderThan is null ? (TimeSpan?)null : faults.Read(() => ReadAge(olderThan), TimeSpan.Zero);
        faults.ThrowIfAny();
        return new RunRetention(keep, age);
    }

    private static TimeSpan ReadAge(string text) =>
        AgePattern().Match(text) is { Success: true } match && int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostDays
            ? match.Groups["unit"].Value == "d" ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count)
            : throw new FormatException($"'{text}' is not an age (--older-than). Write days or hours, for example 30d or 12h.");

    private static int Run(RunRetention rule, string results, bool isDry)
    {
        if (!isDry)
        {
            Leftovers.Remove(results);
        }

        var now = TimeProvider.System.GetUtcNow();
        var runs = RunRetention.Find(results);
        var (removed, bytes, running) = (0, 0L, 0);
        foreach (var run in rule.Choose(runs, now))
        {
            var size = RunRetention.BytesOf(run);
            if (RunRetention.MayBeRunning(run, now) || (!isDry && !RunRetention.TryRemove(run)))
            {
                running++;
                Console.WriteLine($"Kept {Path.GetFileName(run.Path)}: it may still be running.");
                continue;
            }

            removed++;
            bytes += size;
            Console.WriteLine($"{(isDry ? "Would remove" : "Removed")} {Path.GetRelativePath(results, run.Path)}, {Size(size)}");
        }

        var rest = $"{runs.Count - removed} of {runs.Count} runs {(isDry ? "would stay" : "stay")} in {results}{(running > 0 ? $", {running} of them because they may still be running" : string.Empty)}.";
        Console.WriteLine($"{(isDry ? "Would free" : "Freed")} {Size(bytes)}. {rest}");
        return ExitCode.Passed;
    }

    private static string Size(long bytes) => QuantityFormat.For(MetricUnit.Bytes, bytes).WithUnit(bytes);

    [GeneratedRegex("^(?<count>[0-9]{1,6})(?<unit>[dh])\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AgePattern();
}
