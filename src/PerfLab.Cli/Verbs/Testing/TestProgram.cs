using System.Diagnostics;

namespace PerfLab.Cli.Verbs.Testing;

/// <summary>Runs the program of one test project, and ends it with everything it started when its time is over.</summary>
/// <param name="limit">How long it may take.</param>
internal sealed class TestProgram(TimeSpan limit)
{
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToDrain = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end.</summary>
    /// <param name="project">The project.</param>
    /// <param name="advanced">Called after each line, never concurrently.</param>
    /// <param name="cancellationToken">Ends the program with everything it started.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing runs any more.</exception>
    public async Task<TestOutcome> RunAsync(TestProject project, Action<TestTranscript> advanced, CancellationToken cancellationToken)
    {
        var transcript = new TestTranscript(project.Name);
        var clock = Stopwatch.StartNew();
        if (!File.Exists(project.Assembly))
        {
            return transcript.Conclude($"It is not built: {project.Assembly} does not exist. Add the project to PerfLab.sln.", 0, clock.Elapsed);
        }

        using var process = Process.Start(StartInfo(project))!;
        var gate = new Lock();
        var output = ReadAsync(process.StandardOutput, line =>
        {
            lock (gate)
            {
                transcript.Read(line);
                advanced(transcript);
            }
        });
        var errors = ReadAsync(process.StandardError, line =>
        {
            lock (gate)
            {
                transcript.ReadOther(line);
            }
        });

        var end = await WaitAsync(process, cancellationToken);
        if (!await EndsWithinAsync(Task.WhenAll(output, errors), TimeToDrain))
        {
            end ??= "It left a process behind that still holds its output. A test must stop what it starts.";
        }

        lock (gate)
        {
            return transcript.Conclude(end, process.HasExited ? process.ExitCode : -1, clock.Elapsed);
        }
    }

    private static ProcessStartInfo StartInfo(TestProject project)
    {
        // The host that runs this program; a tool that starts .NET programs may name another one.
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath ?? "dotnet";
        return new ProcessStartInfo(host, [project.Assembly, "-reporter", "json", "-noColor", "-noAutoReporters"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = false,
            UseShellExecute = false,
        };
    }

    private async Task<string?> WaitAsync(Process process, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(time.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await EndsWithinAsync(process.WaitForExitAsync(CancellationToken.None), TimeToDie);
            cancellationToken.ThrowIfCancellationRequested();
            return $"It did not end within {limit.TotalSeconds:0} s and was stopped. Find what hangs, or raise --limit-seconds.";
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            take(line);
        }
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan time) =>
        await Task.WhenAny(task, Task.Delay(time)) == task;
}
