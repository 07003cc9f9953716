using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Thresholds;
using PerfLab.Experiments.Yaml;

namespace PerfLab.Experiments.ScenarioFiles;

/// <summary>
/// Whether a run of a scenario will measure what a threshold is about. A threshold that is never decided looks like a check and
/// is none, so it is refused with the file.
/// </summary>
internal static class ThresholdMeasurability
{
    // Programs that are neither .NET nor Node.js and start none: the probes, which read these metrics, cannot be loaded into them.
    // What is not in the list (a shell, a published executable) may be .NET.
    private static readonly HashSet<string> s_otherRuntimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "deno", "bun", "python", "python3", "java", "ruby", "php", "go",
    };

    /// <summary>Says why no run can judge a threshold, and what to do instead; null when one can.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="target">The service under test.</param>
    /// <param name="variants">All variants, the baseline among them.</param>
    /// <param name="baseline">Name of the baseline.</param>
    public static (string Problem, string Advice)? FaultOf(Threshold threshold, TargetDefinition target, IReadOnlyList<Variant> variants, string baseline) =>
        threshold.Quantity switch
        {
            ThresholdQuantity.Overhead when variants.Count > 0 && variants.All(variant => variant.Name == baseline) =>
                ($"{threshold.Quantity} compares variants with the baseline, and there is no other variant.", "Add a variant, or remove the threshold."),
            ThresholdQuantity.Overhead overhead => FaultOfMetric(MetricCatalog.Get(overhead.Metric), threshold, target, variants),
            ThresholdQuantity.SpansLost => FaultOfSpans(threshold, target, variants),
            _ => null,
        };

    private static (string Problem, string Advice)? FaultOfMetric(MetricDefinition metric, Threshold threshold, TargetDefinition target, IReadOnlyList<Variant> variants)
    {
        if (metric.NeedsCompletion && target.Completion is null)
        {
            return ($"{threshold.Quantity} needs target.completion, and there is none: nothing tells when the work is done.", "Add target.completion, or judge the response time, for example overhead(p99)<10%.");
        }

        return metric.NeedsProbe && OtherRuntime(target, variants) is { } program
            ? ($"{threshold.Quantity} is read inside .NET and Node.js processes, and {QuotedText.Of(program)} is neither.", "Use cpu, working_set or a response time.")
            : null;
    }

    private static (string Problem, string Advice)? FaultOfSpans(Threshold threshold, TargetDefinition target, IReadOnlyList<Variant> variants)
    {
        if (OtherRuntime(target, variants) is { } program)
        {
            return ($"spans_lost needs the number of sampled spans, which is read inside .NET and Node.js processes, and {QuotedText.Of(program)} is neither.", "Remove it; the report shows the spans that arrived.");
        }

        string[] elsewhere =
        [
            .. variants.Where(variant => threshold.Arms.Count == 0 || threshold.Arms.Contains(variant.Name, StringComparer.Ordinal))
                .Where(variant => !TraceExporters.ReachCollector(target, variant.Environment))
                .Select(variant => variant.Name),
        ];
        return elsewhere.Length == 0
            ? null
            : ($"the collector sees no span of {string.Join(", ", elsewhere)}: {TraceExporters.Variable} or an OTLP endpoint of its own sends them elsewhere.", $"Name the other variants behind 'for', or let {TraceExporters.Variable} contain otlp and leave the endpoint to PerfLab.");
    }

    private static string? OtherRuntime(TargetDefinition target, IReadOnlyList<Variant> variants) => variants
        .Select(variant => variant.Program)
        .DefaultIfEmpty()
        .SelectMany(target.ProcessesOf)
        .Select(process => process.Command.Count == 0 ? string.Empty : Path.GetFileNameWithoutExtension(process.Command[0]))
        .FirstOrDefault(s_otherRuntimes.Contains);
}
