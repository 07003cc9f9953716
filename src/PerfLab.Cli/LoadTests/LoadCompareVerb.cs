using System.CommandLine;
using System.Text.Json;
using PerfLab.Analysis;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.LoadTests;

namespace PerfLab.Cli.LoadTests;

/// <summary><c>load compare A B</c>: sets the results of two load tests side by side.</summary>
internal static class LoadCompareVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "A file that load --json wrote." };
        var second = new Argument<string>("B") { Description = "The file to compare with it, likewise." };
        var failOn = new Option<string[]>("--fail-on")
        {
            Description = "A change from A to B that must not be, for example \"p(99)>+10%\"; repeatable. Exit code 99 when one is there.",
            HelpName = "CONDITION",
        };
        var force = new Option<bool>("--force") { Description = "Compare different loads too; the differences are named." };
        var command = new Command("compare", "Set the results of two load tests side by side.") { first, second, failOn, force };
        command.SetAction(parse =>
        {
            var faults = new UsageFaults();
            ChangeCondition[] conditions = [.. (parse.GetValue(failOn) ?? []).Select(text => faults.Read(() => ChangeCondition.Parse(text), null)).OfType<ChangeCondition>()];
            var (a, b) = (faults.Read(() => Read(parse.GetRequiredValue(first)), null), faults.Read(() => Read(parse.GetRequiredValue(second)), null));
            faults.ThrowIfAny();
            var comparison = LoadTestComparer.Compare(a!, b!);
            Check(comparison, conditions, parse.GetValue(force), faults);
            faults.ThrowIfAny();
            return Show(comparison, conditions);
        });
        return command;
    }

    private static LoadTestRecord Read(string file)
    {
        const string Advice = "Name a file that load --json wrote.";
        if (!File.Exists(file))
        {
            throw new FormatException($"'{file}' does not exist (load compare). {Advice}");
        }

        try
        {
            return RunFolder.Read<LoadTestRecord>(file, LoadTestRecord.CurrentFormatVersion);
        }
        catch (InvalidDataException error)
        {
            var reason = error.InnerException is JsonException json ? json.Message : $"it is not of format version {LoadTestRecord.CurrentFormatVersion}.";
            throw new FormatException($"'{file}' is not the result of a load test (load compare): {reason} {Advice}", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new FormatException($"'{file}' cannot be read (load compare): {error.Message}", error);
        }
    }

    private static void Check(LoadTestComparison comparison, IReadOnlyList<ChangeCondition> conditions, bool force, UsageFaults faults)
    {
        faults.Unless(
            force || comparison.Differences.Count == 0,
            $"A and B are not the same load, and their numbers cannot be compared (load compare):{string.Concat(LoadComparisonReport.Differences(comparison).Select(difference => $"{Environment.NewLine}  {difference}"))}{Environment.NewLine}Make both the same, or see them side by side all the same with --force.");
        foreach (var condition in conditions)
        {
            var fault = LoadTestComparer.FaultOf(condition, comparison) switch
            {
                ChangeConditionFault.NoSuchRequest => "not both files have requests of this name. Use a name that both have.",
                ChangeConditionFault.NoSuchPercentile => "the files do not keep this percentile. Use one of p(50), p(75), p(90), p(95), p(99), p(99.9).",
                _ => null,
            };
            faults.Unless(fault is null, $"'{condition.Text}' (--fail-on): {fault}");
        }
    }

    private static int Show(LoadTestComparison comparison, IReadOnlyList<ChangeCondition> conditions)
    {
        foreach (var line in LoadComparisonReport.Compose(comparison))
        {
            TerminalMarkup.WriteLine(line);
        }

        ChangeConditionResult[] results = [.. conditions.Select(condition => LoadTestComparer.Judge(condition, comparison))];
        foreach (var result in results)
        {
            TerminalMarkup.WriteLine(LoadComparisonReport.Compose(result));
        }

        return results.All(result => result.Holds is false) ? ExitCode.Passed : ExitCode.ThresholdFailed;
    }
}
