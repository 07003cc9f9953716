using PerfLab.Analysis;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;

namespace PerfLab.Reporting.Wording;

/// <summary>Says in one sentence what the variants do to a metric.</summary>
internal static class OverheadWording
{
    /// <summary>Writes the sentence, without a full stop.</summary>
    public static string For(MetricId metric, RunAnalysis analysis)
    {
        var variants = analysis.Arms.Where(arm => arm.Role == ArmRole.Variant && arm.Health.State != ArmState.Broken).Select(arm => new Judged(arm, metric)).ToArray();
        var judged = variants.Where(variant => variant.Change is not null && variant.Verdict is not null and not Verdict.Invalid).ToArray();
        var (one, many) = Phrase(metric);
        if (variants.Length == 0)
        {
            return analysis.Arms.Any(arm => arm.Role == ArmRole.Variant) ? "No variant did what it was measured for" : "Only the baseline and its control were measured";
        }

        if (judged.Length == 0)
        {
            return $"No variant could be judged for {Noun(metric)}";
        }

        var costing = judged.Where(variant => variant.Verdict == Verdict.Slower).OrderBy(variant => variant.Change!.Estimate).ToArray();
        return costing.Length == 0
            ? NoneCosts(metric, one, judged)
            : costing.Length == variants.Length ? AllCost(one, costing) : SomeCost(one, many, costing, variants.Length);
    }

    private static string NoneCosts(MetricId metric, string one, Judged[] judged)
    {
        if (Array.TrueForAll(judged, variant => variant.Verdict == Verdict.Same))
        {
            var threshold = MetricColumnFormat.Percent(judged.Max(variant => variant.Threshold));
            return $"No variant changes {Noun(metric)} by more than {threshold}";
        }

        var raised = judged.Where(variant => variant.Verdict == Verdict.Inconclusive && variant.Change!.Low > 0).OrderBy(variant => variant.Change!.Estimate).LastOrDefault();
        return raised is not null ? $"{Name(raised)} {one}, {Percent(raised)}, but not provably beyond {MetricColumnFormat.Percent(raised.Threshold)}"
            : !Array.TrueForAll(judged, variant => variant.Verdict == Verdict.Inconclusive) ? $"No variant is shown to {Infinitive(one)}"
            : judged.MaxBy(variant => variant.Change!.High)!.Change is { High: > 0 } widest && Array.TrueForAll(judged, variant => IntervalWording.IsUseful(variant.Change!)) ? $"No variant is shown to {Infinitive(one)}: {IntervalWording.Missed(widest).Replace('\u00a0', ' ')}"
            : $"Cannot tell whether any variant {one}";
    }

    private static string AllCost(string one, Judged[] costing) => costing.Length == 1
        ? $"{Name(costing[0])} {one}: {Percent(costing[0])}"
        : $"Every variant {one}, {Name(costing[0])} the least: {Percent(costing[0])}, {Name(costing[^1])} the most: {Percent(costing[^1])}";

    private static string SomeCost(string one, string many, Judged[] costing, int variants) => costing.Length == 1
        ? $"1 of {variants} variants {one}: {Name(costing[0])}, {Percent(costing[0])}"
        : $"{costing.Length} of {variants} variants {many}, {Name(costing[^1])} the most: {Percent(costing[^1])}";

    private static (string One, string Many) Phrase(MetricId metric) => metric switch
    {
        MetricId.Cpu => ("costs more CPU per request", "cost more CPU per request"),
        MetricId.Allocation => ("allocates more per request", "allocate more per request"),
        _ => ("costs more", "cost more"),
    };

    private static string Infinitive(string one) => one.Replace("costs", "cost", StringComparison.Ordinal).Replace("allocates", "allocate", StringComparison.Ordinal);

    private static string Noun(MetricId metric) => metric == MetricId.Allocation ? "bytes allocated per request" : MetricCatalog.Get(metric).InSentence;

    private static string Name(Judged variant) => DisplayText.Name(variant.Arm.Name);

    private static string Percent(Judged variant) => PercentText.Change(variant.Change!);

    private sealed class Judged(ArmAnalysis arm, MetricId metric)
    {
        private readonly MetricComparison? _comparison = MetricTables.Find(arm, metric);

        public ArmAnalysis Arm => arm;

        public Interval? Change => _comparison?.Ratio;

        public Verdict? Verdict => _comparison?.Verdict;

        public double Threshold => _comparison?.PracticalThreshold ?? 0;
    }
}
