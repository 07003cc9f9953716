namespace PerfLab.Experiments.Scenarios;

/// <summary>Where the processes of an arm are told to export their spans (OpenTelemetry specification, "SDK environment variables").</summary>
public static class TraceExporters
{
    /// <summary>A list of exporters; <c>otlp</c> where it is not set or empty.</summary>
    public const string Variable = "OTEL_TRACES_EXPORTER";

    /// <summary>Whether the collector should see what an arm samples: not where every process is told to export elsewhere, or nowhere.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="arm">The variables of the arm, which lie over those of the processes.</param>
    public static bool ReachCollector(TargetDefinition target, IReadOnlyDictionary<string, string> arm)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(arm);
        return arm.TryGetValue(Variable, out var own)
            ? IsOtlp(own)
            : target.Processes.Count == 0 || target.Processes.Any(process => !process.Environment.TryGetValue(Variable, out var value) || IsOtlp(value));
    }

    /// <summary>Whether a list of exporters contains <c>otlp</c>, or is empty, which means it.</summary>
    public static bool IsOtlp(string? exporters) =>
        string.IsNullOrEmpty(exporters) || exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);
}
