using System.Diagnostics;
using System.Globalization;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench;

/// <summary>Runs a program on one processor to its end and says what it cost.</summary>
internal static class BenchProcess
{
    // The shell's own report of what its child used, in ms; /proc is gone when a process has ended.
    private const string Timed = "TIMEFORMAT='%3U %3S'; time \"$@\"";

    /// <param name="core">The processor.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="watch">Is told the number of the shell's process, whose only child is the program; null for nobody.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="TargetFailedException">It failed or did not end; the message has its last words.</exception>
    public static async Task<BenchOutput> RunAsync(int core, IReadOnlyList<string> command, TimeSpan limit, Action<int>? watch, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        string[] arguments = ["-c", Timed, "bench", "taskset", "-c", core.ToString(CultureInfo.InvariantCulture), .. command];
        var start = new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        try
        {
            watch?.Invoke(process.Id);
            var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(time.Token), process.StandardError.ReadToEndAsync(time.Token));
            await process.WaitForExitAsync(time.Token);
            return BenchOutput.Read(command[0], process.ExitCode, printed[0], printed[1]);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TargetFailedException($"{string.Join(' ', command)} did not end within {limit.TotalSeconds:0} s (bench). Look whether the machine is overloaded.");
        }
    }
}

/// <summary>What a program printed and used.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Text">What it printed on both streams.</param>
/// <param name="CpuSeconds">Processor time from its start to its end.</param>
internal sealed record BenchOutput(int ExitCode, string Text, double CpuSeconds)
{
    /// <exception cref="TargetFailedException">The last line is not the shell's report.</exception>
    public static BenchOutput Read(string program, int exitCode, string output, string error)
    {
        var lines = error.TrimEnd().Split('\n');
        var times = lines[^1].Split(' ');
        if (times.Length == 2
            && double.TryParse(times[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var user)
            && double.TryParse(times[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var system))
        {
            return new BenchOutput(exitCode, output + string.Join('\n', lines[..^1]), user + system);
        }

        throw new TargetFailedException($"{program} ended with {exitCode} and no account of its time (bench): {error.Trim()} Run it by hand.");
    }
}
