using System.CommandLine;
using System.Globalization;
using PerfLab.Analysis.Runs;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Terminal;
using PerfLab.Runner.Capacity;

namespace PerfLab.Cli;

/// <summary><c>capacity NAME</c>: the highest rate of every arm that holds a service level.</summary>
internal static class CapacityVerb
{
    private const int DefaultLaunchSets = 6;
    private const int DefaultRounds = 16;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of a file in scenarios/, or a path." };
        var slo = new Option<string[]>("--slo") { Description = "The service level: a condition such as \"p(99)<20\"; repeatable, all must hold.", Required = true };
        var launchSets = NumberOption.Create("--launch-sets", new WholeNumbers<int>(1, 1000, "6 is the least that has an interval."), DefaultLaunchSets, "Launch sets; 6 is the least that has an interval.");
        var rounds = NumberOption.Create("--rounds", new WholeNumbers<int>(4, 1000, "16 suits most services."), DefaultRounds, "Tries of every arm in a launch set.");
        var results = ResultsOption.Create();
        var command = new Command("capacity", "Find the highest rate of every variant that holds a service level.") { name, slo, launchSets, rounds, results };
        command.SetAction(parse =>
        {
            var faults = new UsageFaults();
            var options = new CapacityOptions
            {
                ServiceLevel = ThresholdOptions.ReadForLoad(parse.GetRequiredValue(slo), requests: null, faults),
                LaunchSets = parse.GetValue(launchSets),
                Rounds = parse.GetValue(rounds),
            };
            faults.ThrowIfAny();
            return RunAsync(Checkout.Load(parse.GetRequiredValue(name)), options, parse.GetRequiredValue(results));
        });
        return command;
    }

    private static async Task<int> RunAsync(Scenario scenario, CapacityOptions options, string results)
    {
        using var interruption = new Interruption();
        RunNeedsCheck.Check(scenario);
        using var builds = await ArmBuildsDisplay.MakeAsync(scenario, results, resumes: false, interruption.Token);
        scenario = builds.Scenario;
        var started = TimeProvider.System.GetUtcNow();
        var folder = Path.Combine(results, "capacity", string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd'T'HHmmss'Z'}-{scenario.Name}-{Guid.NewGuid().ToString("N")[..4]}"));
        ResultsOption.CreateIn(results, () => PrivateFolder.Create(folder));
        using var held = RunLock.Take(folder);
        Leftovers.Remove(results);
        CapacityRecord? record = null;
        var exitCode = ExitCode.Passed;
        await using (var progress = RunProgressDisplay.Start(scenario, launchSetFloor: 0))
        {
            try
            {
                await CapacityRunner.RunAsync(scenario, options, Path.Combine(folder, "launches"), Checkout.Folders, TimeProvider.System, progress, Keep, interruption.Token);
            }
            catch (OperationCanceledException)
            {
                exitCode = ExitCode.Interrupted;
            }
        }

        if (record is not null)
        {
            Show(record, folder);
        }

        return exitCode;

        void Keep(CapacityRecord soFar)
        {
            record = soFar with { Answers = CapacityAnalyzer.Of(soFar) };
            RunFolder.Write(Path.Combine(folder, "capacity.json"), record);
        }
    }

    private static void Show(CapacityRecord record, string folder)
    {
        var lines = CapacityReport.Compose(record);
        foreach (var line in lines)
        {
            TerminalMarkup.WriteLine(line);
        }

        File.WriteAllLines(Path.Combine(folder, "capacity.txt"), lines.Select(line => line.Text));
        PrivateFolder.Close(folder);
        Console.WriteLine($"Written: {folder}");
    }
}
