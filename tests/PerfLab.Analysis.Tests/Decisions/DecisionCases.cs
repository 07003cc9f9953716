using PerfLab.Analysis.Decisions;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Decisions;

/// <summary>Runs to decide by: the baseline off, its control off', and variants. Where an outcome is arithmetic, a run takes other figures.</summary>
internal static class DecisionCases
{
    internal const int LaunchSets = 8;

    internal static RunDecision Decide(string[] budget, string[] see, params Variant[] variants) =>
        Analyze(LaunchSets, new DecisionDefinition(budget, see, null), variants).Decision!;

    internal static Variant Arm(string name, double cost, double kept, double spread = 0.004, long wireBytes = 0) => new(name, cost, kept, spread, wireBytes);

    internal static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, params Variant[] variants) => Analyze(launchSets, decision, 1, variants);

    internal static RunAnalysis Analyze(int launchSets, DecisionDefinition? decision, double controlCost, params Variant[] variants)
    {
        var random = new Random(20_261_129);
        return LabRun.Analyze(
            LabRun.Plan(launchSets, [.. variants.Select(variant => variant.Name)]) with { Decision = decision },
            [
                .. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(
                    number,
                    [
                        LabRun.Arm("off", cpuSeconds: Cost(1, 0.001)),
                        LabRun.Arm("off'", cpuSeconds: Cost(controlCost, 0.001)),
                        .. variants.Select(variant => Record(variant, number)),
                    ])),
            ]);

        ArmRecord Record(Variant variant, int number)
        {
            var sampled = (long)(10_000 * variant.Kept);
            var arm = LabRun.Arm(
                variant.Name,
                cpuSeconds: Cost(variant.Cost, variant.Spread),
                bytes: 10_000 * variant.Allocates,
                p50Seconds: 0.001 * (variant.Waits + (variant.WaitsMoreEachTime * number)));
            return arm with { Spans = LabRun.Ledger(sampled, (long)(sampled * variant.Receives), variant.WireBytes) with { CreatedCount = 10_000, NotSampledCount = 10_000 - sampled } };
        }

        double Cost(double factor, double spread) => 0.0004 * factor * (1 + (spread * ((2 * random.NextDouble()) - 1)));
    }

    /// <summary>A run of a plan in which all arms cost the same, but for what the test changes. The interval of six launch sets reaches from the least to the greatest value.</summary>
    internal static RunAnalysis Analyze(Plan plan, Func<int, ArmRecord, ArmRecord> change) => LabRun.Analyze(
        plan,
        [.. Enumerable.Range(1, plan.LaunchSets).Select(number => LabRun.Launch(number, [.. plan.Arms.Select(arm => change(number, LabRun.Arm(arm.Name)))]))]);

    /// <summary>What the decision about a run rests on.</summary>
    internal static DecisionBasis Basis(this RunAnalysis run) => new(run.Plan, run.LaunchSets, run.Trust.Level, run.Arms, run.Visibility);

    /// <summary>The same, with other figures of one metric of an arm.</summary>
    internal static DecisionBasis With(this DecisionBasis basis, string name, MetricId metric, Func<MetricComparison, MetricComparison> change) =>
        basis.With(name, arm => arm with { Metrics = [.. arm.Metrics.Select(comparison => comparison.Metric == metric ? change(comparison) : comparison)] });

    /// <summary>The same, with an arm that has faults.</summary>
    internal static DecisionBasis WithFaults(this DecisionBasis basis, string name, params ArmFaultKind[] kinds) =>
        basis.With(name, arm => arm with { Health = arm.Health with { State = kinds.Length == 0 ? ArmState.Healthy : ArmState.Impaired, Faults = [.. kinds.Select(kind => new ArmFault(kind, 10, 100, 1))] } });

    /// <summary>What a run says of one condition for one arm.</summary>
    internal static ConditionResult Judge(this DecisionBasis basis, string name, string condition) =>
        Recommender.Judge(DecisionCondition.Parse(condition), basis.Arms.Single(arm => arm.Name == name), basis);

    private static DecisionBasis With(this DecisionBasis basis, string name, Func<ArmAnalysis, ArmAnalysis> change) =>
        basis with { Arms = [.. basis.Arms.Select(arm => arm.Name == name ? change(arm) : arm)] };

    /// <summary>A variant against the baseline, which costs 1 of each.</summary>
    internal sealed record Variant(string Name, double Cost, double Kept, double Spread, long WireBytes)
    {
        public double Allocates { get; init; } = 1;

        public double Waits { get; init; } = 1;

        public double WaitsMoreEachTime { get; init; }

        public double Receives { get; init; } = 1;
    }
}
