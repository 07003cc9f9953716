using System.CommandLine;
using PerfLab.Load.NullServers;
using PerfLab.Load.Simulations;

namespace PerfLab.Cli.Verbs.Benches;

/// <summary><c>bench null-server</c>: the server that <c>bench load</c> starts in a process of its own.</summary>
internal static class NullServerVerb
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
            Delay = SimulationQuantity.Duration(parse.GetRequiredValue(delay), allowsZero: true),
            FreezeAfter = parse.GetValue(freezeAfter) is { } after ? SimulationQuantity.Duration(after) : null,
            FreezeDuration = SimulationQuantity.Duration(parse.GetRequiredValue(freezeFor)),
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
