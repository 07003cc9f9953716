namespace PerfLab.Experiments.Plans;

/// <summary>What the environment of an arm tells its OpenTelemetry SDKs (OpenTelemetry specification, "SDK environment variables").</summary>
public static class ArmEnvironment
{
    // True in any case is a no-op SDK for all signals.
    private const string DisabledVariable = "OTEL_SDK_DISABLED";

    // A list of exporters, otlp by default.
    private const string ExporterVariable = "OTEL_TRACES_EXPORTER";

    /// <summary>Gets whether every process of the arm is told to have no SDK.</summary>
    public static bool IsDisabled(Plan plan, PlannedArm arm) =>
        AllProcesses(plan, arm, DisabledVariable, value => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets whether the collector should see what the arm samples: not where every process is told to export elsewhere, or nowhere.</summary>
    public static bool IsExported(Plan plan, PlannedArm arm) => !AllProcesses(plan, arm, ExporterVariable, IsElsewhere);

    // A variant's variables lie over those of the processes.
    private static bool AllProcesses(Plan plan, PlannedArm arm, string variable, Func<string, bool> isSo) =>
        arm.Environment.TryGetValue(variable, out var own)
            ? isSo(own)
            : plan.Target.Processes.Count > 0 && plan.Target.Processes.All(process => process.Environment.TryGetValue(variable, out var value) && isSo(value));

    private static bool IsElsewhere(string exporters) =>
        exporters.Length > 0 && !exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);
}
