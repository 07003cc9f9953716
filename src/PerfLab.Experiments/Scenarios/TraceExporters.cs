namespace PerfLab.Experiments.Scenarios;

/// <summary>Where the processes of an arm are told to export their spans (OpenTelemetry specification, "SDK environment variables").</summary>
public static class TraceExporters
{
    /// <summary>A list of exporters; <c>otlp</c> where it is not set or empty.</summary>
    public const string Variable = "OTEL_TRACES_EXPORTER";

    /// <summary>True in any case is a no-op SDK for all signals.</summary>
    public const string DisabledVariable = "OTEL_SDK_DISABLED";

    /// <summary>The sampler.</summary>
    public const string SamplerVariable = "OTEL_TRACES_SAMPLER";

    // Agents that put an SDK into a program are switched off by variables of their own.
    private const string JavaAgent = "OTEL_JAVAAGENT_ENABLED";
    private const string DotNetAgentTraces = "OTEL_DOTNET_AUTO_TRACES_ENABLED";

    /// <summary>Whether the collector should see what an arm samples: not where every process is told to export elsewhere, or nowhere.</summary>
    /// <param name="target">The processes.</param>
    /// <param name="arm">The variables of the arm, which lie over those of the processes.</param>
    public static bool ReachCollector(TargetDefinition target, IReadOnlyDictionary<string, string> arm)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Processes.Count == 0
            ? ReachCollector(arm)
            : target.Processes.Any(process => ReachCollector(process.SdkSettingsUnder(arm)));
    }

    /// <summary>Whether the collector should see what a process samples.</summary>
    /// <param name="environment">All variables of the process.</param>
    public static bool ReachCollector(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return IsOtlp(environment.GetValueOrDefault(Variable)) && !OtlpEnvironment.SetsEndpoint(environment);
    }

    /// <summary>Whether a process is told to have no SDK, for whatever signal.</summary>
    /// <param name="environment">All variables of the process.</param>
    public static bool HasNoSdk(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Is(environment, DisabledVariable, true) || Is(environment, JavaAgent, false);
    }

    /// <summary>Whether a process is told to have no SDK for traces.</summary>
    /// <param name="environment">All variables of the process.</param>
    public static bool IsDisabled(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return HasNoSdk(environment) || Is(environment, DotNetAgentTraces, false);
    }

    /// <summary>Whether a process is told to have no SDK, or one that samples no trace.</summary>
    /// <param name="environment">All variables of the process.</param>
    /// <param name="incoming">The traces that requests bring along, which a sampler may have to follow.</param>
    public static bool SamplesNothing(IReadOnlyDictionary<string, string> environment, IncomingTraces incoming) =>
        IsDisabled(environment) || TraceSampler.Of(environment).SharesOf(incoming).Most == 0;

    private static bool Is(IReadOnlyDictionary<string, string> environment, string name, bool value) =>
        bool.TryParse(environment.GetValueOrDefault(name), out var isSet) && isSet == value;

    private static bool IsOtlp(string? exporters) =>
        string.IsNullOrWhiteSpace(exporters)
        || exporters.Split(',', StringSplitOptions.TrimEntries).Any(name => OtlpEnvironment.ExporterNames.Contains(name, StringComparer.OrdinalIgnoreCase));
}
