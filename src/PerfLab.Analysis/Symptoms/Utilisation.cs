using PerfLab.Experiments.Metrics;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Symptoms;

/// <summary>How busy an arm kept the processors of the targets while it had load.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="BusyShare">Its CPU time per request, times the rate, as a share of those processors. Above 1 where work went on after the load.</param>
public sealed record Utilisation(string Arm, double BusyShare)
{
    /// <summary>Finds it for every arm whose CPU time was measured; for none where the targets had no processors of their own.</summary>
    public static IReadOnlyList<Utilisation> Of(Plan plan, IEnumerable<ArmAnalysis> arms) => plan.Placement is { TargetCores.Count: > 0 and var cores }
        ?
        [
            .. arms.Select(arm => (arm.Name, Cpu: arm.Metrics.FirstOrDefault(metric => metric.Metric == MetricId.Cpu)?.Value))
                .Where(arm => arm.Cpu is not null)
                .Select(arm => new Utilisation(arm.Name, arm.Cpu!.Value * plan.RatePerSecond / cores)),
        ]
        : [];
}
