using System.CommandLine;
using System.CommandLine.Parsing;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Cli;

/// <summary>The one place that turns exceptions into messages and exit codes.</summary>
internal static class ErrorBoundary
{
    /// <summary>Parses, runs, and returns the exit code.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] arguments)
    {
        var parse = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors)
            {
                await Console.Error.WriteLineAsync(SecretText.Hide(null, error.Message));
            }

            await Console.Error.WriteLineAsync($"Run {StartCommand.Name} without a verb to see what there is.");
            return ExitCode.InvalidConfiguration;
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception error) when (ExitCode.Of(error) is { } code)
        {
            await Console.Error.WriteLineAsync(VisibleText.Of(MessageOf(error), keepsStyle: false));
            return code;
        }
    }

    private static string MessageOf(Exception error) => error switch
    {
        UsageException => SecretText.Hide(null, error.Message),
        IOException when IsDiskFull(error) => $"{error.Message} There is no space left: free some, then run the same command again. A run whose launch sets are complete only needs {StartCommand.Name} report.",
        _ => error.Message,
    };

    // ENOSPC of Unix, ERROR_DISK_FULL of Windows; a file whose size is known before it is written is refused in words alone.
    private static bool IsDiskFull(Exception error) =>
        (error.HResult & 0xFFFF) is 28 or 112 || error.Message.Contains("disk was full", StringComparison.Ordinal);
}
