using PerfLab.Experiments.Results;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Load;

/// <summary>The verb <c>load</c> of this program in a process of its own, as a user would start it.</summary>
internal static class PerfLabGenerator
{
    /// <param name="program">The command that starts this program.</param>
    /// <param name="core">The processor.</param>
    /// <param name="arguments">Of <c>load</c>, without files.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="watch">Is told the process of the shell around it; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TargetFailedException">It failed; the message has what it said.</exception>
    public static async Task<LoadTestRecord> RunAsync(
        IReadOnlyList<string> program, int core, IReadOnlyList<string> arguments, TimeSpan limit, Action<int>? watch, CancellationToken cancellationToken)
    {
        var folder = LeftFolders.CreateTemporary("perflab-bench-");
        try
        {
            var json = Path.Combine(folder.FullName, "load.json");
            var output = await BenchProcess.RunAsync(core, [.. program, "load", .. arguments, "--json", json], limit, watch, cancellationToken);
            return File.Exists(json)
                ? RunFolder.Read<LoadTestRecord>(json, LoadTestRecord.CurrentFormatVersion)
                : throw new TargetFailedException($"load {string.Join(' ', arguments)} ended with {output.ExitCode} (bench): {output.Text.Trim()} Run it by hand.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
