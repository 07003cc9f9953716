using System.CommandLine;
using System.Globalization;
using PerfLab.Bench;
using PerfLab.Bench.Collector;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Experiments.Results;
using PerfLab.Load.NullServers;
using PerfLab.Load.Simulations;
using PerfLab.Reporting.Terminal;

namespace PerfLab.Cli.Bench;

/// <summary><c>bench</c>: measures PerfLab itself.</summary>
internal static class BenchVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("bench", "Measure PerfLab itself: the load engine, the collector, the method, the gate, the probe and the report.")
    {
        BenchLoadVerb.Create(),
        BenchCollectorVerb.Create(),
        BenchBaselineVerb.Create(),
        BenchGateVerb.Create(),
        BenchProbeVerb.Create(),
        BenchReportVerb.Create(),
        BenchNullServerVerb.Create(),
        BenchReceiverVerb.Create(),
    };
}

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

/// <summary><c>bench null-server</c>: the server that <c>bench load</c> starts in a process of its own.</summary>
internal static class BenchNullServerVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var delay = new Option<string>("--delay") { Description = "How long every answer is kept back.", DefaultValueFactory = _ => "0s" };
        var freezeAfter = new Option<string?>("--freeze-after") { Description = "When after the first request it freezes, once." };
        var freezeFor = new Option<string>("--freeze-for") { Description = "How long it is frozen.", DefaultValueFactory = _ => "1s" };
        var command = new Command("null-server", "Answer every request at once, until standard input ends.") { delay, freezeAfter, freezeFor };
        command.Hidden = true;
        command.SetAction(parse => Serve(new NullServerOptions
        {
            Delay = QuantitySyntax.Duration(parse.GetRequiredValue(delay), allowsZero: true),
            FreezeAfter = parse.GetValue(freezeAfter) is { } after ? QuantitySyntax.Duration(after) : null,
            FreezeDuration = QuantitySyntax.Duration(parse.GetRequiredValue(freezeFor)),
        }));
        return command;
    }

    private static int Serve(NullServerOptions options)
    {
        using var server = new NullServer(options);
        using var end = new CancellationTokenSource();
        var reading = new Thread(() =>
        {
            // Who started it holds the other end: it closes when that process ends, however it ends.
            while (Console.In.Read() >= 0)
            {
            }

            end.Cancel();
        })
        {
            IsBackground = true,
        };
        reading.Start();
        Console.WriteLine($"http://127.0.0.1:{server.Port}/");
        server.Run(end.Token);
        return ExitCode.Passed;
    }
}

/// <summary><c>bench receiver</c>: the collector that <c>bench collector</c> starts in a process of its own.</summary>
internal static class BenchReceiverVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("receiver", "Receive exports, and answer every line of standard input with counters, until it ends.") { Hidden = true };
        command.SetAction(async _ =>
        {
            await ReceiverProcessHost.RunAsync(Console.In, Console.Out);
            return ExitCode.Passed;
        });
        return command;
    }
}
