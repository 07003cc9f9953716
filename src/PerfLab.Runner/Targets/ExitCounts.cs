using System.Globalization;

namespace PerfLab.Runner.Targets;

/// <summary>What the probe noted when its process ended.</summary>
/// <param name="DroppedSpans">Spans that found no room in the SDK's queue.</param>
/// <param name="FailedExports">Warnings and errors of the SDK's exporters.</param>
internal sealed record ExitCounts(long DroppedSpans, long FailedExports)
{
    /// <summary>Reads the note of a process that has ended; null when it left none.</summary>
    /// <param name="probeFolder">The folder of the probes.</param>
    /// <param name="processId">The process.</param>
    public static ExitCounts? Read(string probeFolder, int processId)
    {
        var path = Path.Combine(probeFolder, string.Create(CultureInfo.InvariantCulture, $"{processId}.exit"));
        if (!File.Exists(path))
        {
            return null;
        }

        var values = File.ReadLines(path)
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 2)
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return new ExitCounts(values.GetValueOrDefault("spans_dropped"), values.GetValueOrDefault("failed_exports"));
    }
}
