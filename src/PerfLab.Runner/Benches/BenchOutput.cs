using System.Globalization;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches;

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
