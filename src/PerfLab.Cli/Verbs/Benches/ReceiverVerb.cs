using System.CommandLine;
using PerfLab.Runner.Benches.Collectors;

namespace PerfLab.Cli.Verbs.Benches;

/// <summary><c>bench receiver</c>: the collector that <c>bench collector</c> starts in a process of its own.</summary>
internal static class ReceiverVerb
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("receiver", "Receive exports, and answer every line of standard input with counters, until it ends.") { Hidden = true };
        command.SetAction(async _ =>
        {
            await ReceiverServer.RunAsync(Console.In, Console.Out);
            return ExitCode.Passed;
        });
        return command;
    }
}
