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
        return target.Processes.Count == 0
            ? ReachCollector(arm)
            : target.Processes.Any(process => ReachCollector(process.EnvironmentUnder(arm)));
    }

    /// <summary>Whether the collector should see what a process samples.</summary>
    /// <param name="environment">All variables of the process.</param>
    public static bool ReachCollector(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return IsOtlp(environment.GetValueOrDefault(Variable)) && !OtlpEnvironment.SetsEndpoint(environment);
    }

    private static bool IsOtlp(string? exporters) =>
        string.IsNullOrWhiteSpace(exporters)
        || exporters.Split(',', StringSplitOptions.TrimEntries).Any(name => OtlpEnvironment.ExporterNames.Contains(name, StringComparer.OrdinalIgnoreCase));
}
