using System.ComponentModel;
using CliWrap;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Runner.Builds;

/// <summary>Runs a program of a build to its end, and keeps what it printed.</summary>
internal static class BuildProcess
{
    private const int LogLinesInMessage = 20;

    // A private key takes up to some 60 lines, and its first line tells what the others are.
    private const int SearchedLines = 100;

    // Nothing that a build starts may outlive it: it would use the processors while the service is measured.
    private static readonly Dictionary<string, string?> s_environment = new(StringComparer.Ordinal)
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",

        // Set while a hook runs; they would point git at another repository than the one named.
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
    };

    /// <summary>Builds into a folder; what is printed goes into a file.</summary>
    /// <param name="words">The program and its arguments, with the placeholders of builds.</param>
    /// <param name="folders">Where it runs, and where what it makes belongs.</param>
    /// <param name="log">The file.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="InvalidDataException">It took too long, or ended with another code than 0.</exception>
    /// <exception cref="BuildProcessException">It could not be started.</exception>
    public static async Task RunAsync(IReadOnlyList<string> words, BuildFolders folders, string log, BuildLimit limit, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit.Time);
        string[] command = [.. words.Select(word => BuildPlaceholders.Expand(word, folders))];
        int code;
        try
        {
            await using var output = File.Create(log);
            code = await RunAsync(command, folders.Checkout, PipeTarget.ToStream(output), limited.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidDataException($"'{SecretText.Hide(null, string.Join(' ', command))}' did not end within {limit.Time.TotalMinutes:0.#} minutes{(limit.Key is null ? string.Empty : $" ({limit.Key})")}. What it printed stands in {log}.", error);
        }

        if (code != 0)
        {
            var shown = KnownSecrets.HideForeign(string.Join('\n', (await File.ReadAllLinesAsync(log, cancellationToken)).TakeLast(SearchedLines)));
            var last = string.Join(Environment.NewLine, shown.Split('\n').TakeLast(LogLinesInMessage));
            throw new InvalidDataException($"'{SecretText.Hide(null, string.Join(' ', command))}' ended with {code}. All that it printed stands in {log}, the last of it:{Environment.NewLine}{last}{Environment.NewLine}");
        }
    }

    /// <summary>Runs it. It is ended, with what it started, when the token is cancelled.</summary>
    /// <param name="command">The program and its arguments; a program with a relative path belongs to the folder.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="output">Receives what it prints.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="BuildProcessException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> command, string folder, PipeTarget output, CancellationToken cancellationToken)
    {
        var program = command[0].Contains('/', StringComparison.Ordinal) || command[0].Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetFullPath(command[0], folder)
            : command[0];
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments(command.Skip(1))
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(s_environment)
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(output)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken);
            return result.ExitCode;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new BuildProcessException($"'{command[0]}' could not be started: {error.Message}", error);
        }
    }
}

/// <summary>How long a build may take.</summary>
/// <param name="Time">The time.</param>
/// <param name="Key">The key of a file that sets it; null where nothing does.</param>
internal sealed record BuildLimit(TimeSpan Time, string? Key);

/// <summary>A program of a build could not be started.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="innerException">The cause.</param>
public sealed class BuildProcessException(string message, Exception innerException) : Exception(message, innerException);
