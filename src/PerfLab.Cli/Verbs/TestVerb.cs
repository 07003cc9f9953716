using System.CommandLine;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Cli.Verbs.Testing;

namespace PerfLab.Cli.Verbs;

/// <summary><c>test</c>: runs the tests of PerfLab itself, built by <c>run.sh</c>.</summary>
internal static class TestVerb
{
    private const double DefaultLimitSeconds = 600;

    /// <summary>Creates the command.</summary>
    /// <param name="repository">Full path of the checkout whose <c>tests/</c> are run.</param>
    public static Command Create(string repository)
    {
        var filter = new Option<string?>("--filter") { Description = "Only test projects whose name contains this." };
        var limit = new Option<double>("--limit-seconds")
        {
            Description = "Time for one test project; what takes longer is stopped and counts as failed.",
            DefaultValueFactory = _ => DefaultLimitSeconds,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
            {
                result.AddError($"--limit-seconds {result.Tokens[0].Value} is outside 0 to 86400. Give the seconds that one test project may take.");
            }
        });
        var install = new Option<bool>("--install") { Description = "Install missing Debian packages that tests need (as root); CI=true implies it." };
        var command = new Command("test", "Run PerfLab's own tests; the last line says how many passed and failed.") { filter, limit, install };
        command.SetAction(async parse =>
        {
            using var interruption = new Interruption();
            try
            {
                return await RunAsync(
                    Select(repository, parse.GetValue(filter)),
                    TimeSpan.FromSeconds(parse.GetValue(limit)),
                    parse.GetValue(install) || Environment.GetEnvironmentVariable("CI") is "true" or "1",
                    interruption.Token);
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }

    private static List<TestProject> Select(string repository, string? filter)
    {
        var all = TestProject.FindAll(repository);
        var selected = all.Where(project => project.Name.Contains(filter ?? "", StringComparison.OrdinalIgnoreCase)).ToList();
        return selected.Count > 0 || filter is null
            ? selected
            : throw new UsageException($"--filter {filter} matches no test project. There are: {string.Join(", ", all.Select(project => project.Name))}.");
    }

    private static async Task<int> RunAsync(List<TestProject> projects, TimeSpan limit, bool mayInstall, CancellationToken cancellationToken)
    {
        await new TestSetUp(Console.Out, mayInstall).ProvideAsync(projects, cancellationToken);
        var display = new TestDisplay(Console.Out, live: !Console.IsOutputRedirected);
        var program = new TestProgram(limit);
        var outcomes = new List<TestOutcome>();
        // One after another: some tests measure time, and all of them share two cores.
        foreach (var project in projects)
        {
            display.Started(project);
            var outcome = await program.RunAsync(project, transcript => display.Advanced(project, transcript), cancellationToken);
            display.Finished(outcome);
            outcomes.Add(outcome);
        }

        display.Summarise(outcomes);
        if (outcomes.Count == 0)
        {
            await Console.Error.WriteLineAsync("No test project was found below tests/. Start run.sh of a complete checkout.");
        }

        return outcomes.Count > 0 && outcomes.All(outcome => outcome.Failures.Count == 0) ? ExitCode.Passed : ExitCode.Other;
    }
}
