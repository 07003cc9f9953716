using System.CommandLine;
using PerfLab.Bench.Load;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench load</c>: the load engine beside wrk, h2load and HttpClient.</summary>
internal static class BenchLoadVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "One short round of everything: shows that it works, not how well." };
        var results = ResultsOption.Create();
        var command = new Command("load", "Measure the load engine beside wrk, h2load and HttpClient, against one null server.") { quick, results };
        command.SetAction(parse => RunAsync(parse.GetValue(quick) ? Quick : Full, parse.GetRequiredValue(results)));
        return command;
    }

    private static LoadBenchOptions Full => new()
    {
        Program = BenchFiles.Program,
        Rounds = 7,
        RoundLength = TimeSpan.FromSeconds(2),
        PacingLength = TimeSpan.FromSeconds(20),
        StretchLength = TimeSpan.FromSeconds(2),
        MostStretches = 60,
        ManyConnections = 10_000,
        FreezeLength = TimeSpan.FromSeconds(10),
    };

    private static LoadBenchOptions Quick => new()
    {
        Program = BenchFiles.Program,
        Rounds = 1,
        RoundLength = TimeSpan.FromSeconds(0.3),
        PacingLength = TimeSpan.FromSeconds(2),
        StretchLength = TimeSpan.FromSeconds(0.5),
        MostStretches = 0,
        ManyConnections = 500,
        FreezeLength = TimeSpan.FromSeconds(4),
    };

    private static async Task<int> RunAsync(LoadBenchOptions options, string results)
    {
        ResultsOption.Check(BenchFiles.FolderIn(results));
        using var interruption = new Interruption();
        var measured = await LoadBench.RunAsync(options, TimeProvider.System, Console.WriteLine, interruption.Token);
        var record = measured with { Goals = LoadBenchGoals.Judge(measured) };
        await BenchFiles.ShowAndWriteAsync(results, record.Started, "load", record, LoadBenchText.Compose(record));
        return BenchFiles.CodeOf(record.Goals);
    }
}
