using PerfLab.Bench;
using PerfLab.Bench.Load;
using PerfLab.EndToEnd.Tests.Programs;
using PerfLab.Experiments.Results;

namespace PerfLab.EndToEnd.Tests.Loads;

/// <summary><c>bench load</c> as a user starts it. What it measures on a busy machine means nothing; that it measures does.</summary>
public sealed class LoadBenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(DisableParallelization = true)]
    public async Task Every_part_is_measured_and_written_and_nothing_is_left_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2, "The bench places programs on two processors, by taskset of Linux.");

        var run = await Cli.RunAsync("bench", "load", "--quick", "--results", _folder.FullPath);

        Assert.True(run.ExitCode is 0 or 99, run.ToString());
        var record = RunFolder.Read<LoadBenchRecord>(Directory.GetFiles(Path.Combine(_folder.FullPath, "bench"), "*.json").Single(), LoadBenchRecord.CurrentFormatVersion);
        Assert.Equal(["sockets", "httpclient", "wrk", "h2load"], record.Tools.Select(tool => tool.Name));
        Assert.Equal(record.Tools.Where(tool => tool.Absence is null).Select(tool => tool.Name), record.Rounds.Select(round => round.Tool));
        Assert.All(record.Rounds, round => Assert.True(round is { Answered: > 0, CpuSeconds: > 0, Errors: 0 }, round.ToString()));
        Assert.Equal(4, record.Freeze.Points.Count);
        Assert.Contains(record.Goals, goal => goal.Outcome == BenchOutcome.Met);
        Assert.Contains("Goals", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath()), folder => folder.Contains("perflab-bench-", StringComparison.Ordinal));
        Assert.Empty(NullServers());
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> NullServers() =>
        [.. Directory.GetDirectories("/proc")
            .Select(process => Path.Combine(process, "cmdline"))
            .Where(File.Exists)
            .Where(file => CommandOf(file).Contains($"{Checkout.CommandLineProgram}\0bench\0null-server", StringComparison.Ordinal))];

    private static string CommandOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // It has just ended.
        }
    }
}
