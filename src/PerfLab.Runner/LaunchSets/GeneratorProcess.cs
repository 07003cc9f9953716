using System.ComponentModel;
using CliWrap;
using PerfLab.Experiments.Secrets;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Runs a load tool to its end, on the processors of the load; nothing of it stays, however it ends.</summary>
/// <param name="cores">Its processors; null leaves it anywhere.</param>
internal sealed class GeneratorProcess(IReadOnlyList<int>? cores)
{
    private const int TailCharacters = 800;

    // The thread that starts it must live as long as it does, and must not hand a real-time priority on. One serves all.
    private static readonly LauncherThread s_thread = new();

    private static readonly Lazy<IReadOnlyList<string>> s_endWithParent = new(SystemTool.EndWithParent);

    /// <summary>Runs it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Takes what it prints; its working folder is another.</param>
    /// <param name="workingFolder">Its working folder, to which relative paths of the command belong.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<GeneratorEnd> RunAsync(IReadOnlyList<string> command, string folder, string workingFolder, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (output, errors) = (Path.Combine(folder, "stdout.txt"), Path.Combine(folder, "stderr.txt"));
        var mark = TargetMark.Create();
        var (program, arguments) = TargetLauncher.Place(command, cores, s_endWithParent.Value);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        TrackedProcessTree? tree = null;
        try
        {
            var running = await s_thread.RunAsync(() => Cli.Wrap(program)
                .WithArguments(arguments)
                .WithWorkingDirectory(workingFolder)
                .WithEnvironmentVariables(new Dictionary<string, string?>(StringComparer.Ordinal) { [TargetMark.Variable] = mark })
                .WithStandardOutputPipe(PipeTarget.ToFile(output))
                .WithStandardErrorPipe(PipeTarget.ToFile(errors))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limited.Token));
            tree = new TrackedProcessTree(running.ProcessId, $"{TargetMark.Variable}={mark}");
            var result = await running;
            return new GeneratorEnd(result.ExitCode, null, Tail(output, errors));
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new GeneratorEnd(null, GeneratorEnd.Hung, Tail(output, errors));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            return new GeneratorEnd(null, GeneratorEnd.NotStarted, error.Message);
        }
        finally
        {
            tree?.Refresh();
            ProcessTree.KillSurvivors(tree?.Members ?? []);
        }
    }

    // What went wrong is told on standard error, if anywhere; some tools tell it on the other one.
    private static string Tail(string output, string errors)
    {
        var text = Read(errors) is { Length: > 0 } said ? said : Read(output);
        return KnownSecrets.HideForeign(text.Length > TailCharacters ? text[^TailCharacters..] : text);

        static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : string.Empty;
    }
}

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">Its exit code; null where it has none.</param>
/// <param name="FailureCode">Why it has none, in kebab case; null where it has.</param>
/// <param name="LastWords">The last that it printed.</param>
internal sealed record GeneratorEnd(int? ExitCode, string? FailureCode, string LastWords)
{
    public const string NotStarted = "not-started";
    public const string Hung = "hung";
    public const string Ended = "ended";
    public const string NoOutput = "no-output";
    public const string NotUnderstood = "not-understood";
}
