using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Credibility;

/// <summary>The span ledger of an arm in a launch set, with what its environment says where the target says nothing.</summary>
internal static class ArmLedger
{
    // OpenTelemetry specification, "SDK environment variables": true in any case is a no-op SDK for all signals.
    private const string DisabledVariable = "OTEL_SDK_DISABLED";

    // The same: a list of exporters, otlp by default.
    private const string ExporterVariable = "OTEL_TRACES_EXPORTER";

    /// <summary>
    /// Gets the ledger. A target without an SDK has nothing that could count what it samples: where every process of the arm is
    /// told to have none, and the collector saw not one request of it, nothing was created and nothing is missing.
    /// </summary>
    internal static SpanLedger Of(Plan plan, PlannedArm arm, ArmRecord record) =>
        record.Spans is { CreatedCount: null, SampledCount: null, ReceivedCount: 0, RefusedCount: 0, ExportRequestCount: 0 } silent && IsDisabled(plan, arm)
            ? silent with { CreatedCount = 0, NotSampledCount = 0, SampledCount = 0 }
            : record.Spans;

    /// <summary>Gets whether the collector should see what the arm samples: not where every process is told to export elsewhere, or nowhere.</summary>
    internal static bool IsExported(Plan plan, PlannedArm arm) => !AllProcesses(plan, arm, ExporterVariable, IsElsewhere);

    private static bool IsDisabled(Plan plan, PlannedArm arm) => AllProcesses(plan, arm, DisabledVariable, IsTrue);

    // A variant's variables lie over those of the processes.
    private static bool AllProcesses(Plan plan, PlannedArm arm, string variable, Func<string, bool> isSo) =>
        arm.Environment.TryGetValue(variable, out var own)
            ? isSo(own)
            : plan.Target.Processes.Count > 0 && plan.Target.Processes.All(process => process.Environment.TryGetValue(variable, out var value) && isSo(value));

    private static bool IsElsewhere(string exporters) =>
        exporters.Length > 0 && !exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);

    private static bool IsTrue(string value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
