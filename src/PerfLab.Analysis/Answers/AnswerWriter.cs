using PerfLab.Analysis.Credibility;
using PerfLab.Analysis.Formatting;
using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Answers;

/// <summary>Writes the one sentence that answers the scenario's question for an arm.</summary>
internal static class AnswerWriter
{
    internal static string Write(PlannedArm arm, PlannedArm baseline, IReadOnlyDictionary<MetricId, MetricComparison> metrics, int launchSets) => arm.Role switch
    {
        _ when launchSets == 0 => $"{arm.Name}: nothing was measured, because no launch set counts.",
        ArmRole.Baseline => OfBaseline(arm.Name, metrics),
        ArmRole.Control => OfControl(arm.Name, baseline.Name, metrics),
        _ => OfVariant(arm.Name, metrics),
    };

    private static string OfBaseline(string arm, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var cpu = metrics[MetricId.Cpu].Value is { } seconds
            ? $"{QuantityFormat.For(MetricUnit.Seconds, seconds).WithUnit(seconds)} CPU"
            : "CPU not measured";
        var bytes = metrics[MetricId.Allocation].Value is { } allocated
            ? $"{QuantityFormat.For(MetricUnit.Bytes, allocated).WithUnit(allocated)} allocated per request"
            : "allocation not measured";
        return $"{arm} is the baseline: {cpu} and {bytes}.";
    }

    private static string OfControl(string arm, string baseline, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var checks = MetricCatalogue.All.Where(metric => metric.IsPrimary).Select(metric => ControlText.Sentence(metrics[metric.Id]));
        return $"{arm} is the baseline {baseline} measured again: {string.Join("; ", checks)}.";
    }

    private static string OfVariant(string arm, IReadOnlyDictionary<MetricId, MetricComparison> metrics)
    {
        var cpu = CpuClause.Of(metrics[MetricId.Cpu]);
        string[] clauses = [cpu.Text, AllocationClause.Of(metrics[MetricId.Allocation]), LatencyClause.Of(metrics[MetricId.P50], metrics[MetricId.P99])];

        // A clause that needs commas of its own makes the others stand behind semicolons.
        var separator = clauses.Any(clause => clause.Contains(", ", StringComparison.Ordinal)) ? "; " : ", ";
        return $"{arm}{(cpu.IsVerb ? " " : ": ")}{string.Join(separator, clauses)}.";
    }
}
