using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Findings;

/// <summary>How busy an arm kept the processors of the targets while it had load.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="BusyShare">Its CPU time per request, times the rate, as a share of those processors. Above 1 where work went on after the load.</param>
public sealed record Utilization(string Arm, double BusyShare)
{
    /// <summary>Finds it for every arm whose CPU time was measured; for none where the targets had no processors of their own.</summary>
    public static IReadOnlyList<Utilization> Of(Plan plan, IEnumerable<ArmAnalysis> arms) => plan.Placement is { TargetCores.Count: > 0 and var cores }
        ?
        [
            .. arms.Select(arm => (arm.Name, Cpu: arm.Metrics.FirstOrDefault(metric => metric.Metric == MetricId.Cpu)?.Value))
                .Where(arm => arm.Cpu is not null)
                .Select(arm => new Utilization(arm.Name, arm.Cpu!.Value * plan.RatePerSecond / cores)),
        ]
        : [];
}

/// <summary>Whether the load left the services room.</summary>
internal static class UtilizationFindings
{
    // The pilot aims below 80 %, and a cost may grow by a tenth after it: by a noisier hour, or because the rate was fixed. At
    // 90 % a request waits for others several times as long as it is worked on (M/M/1: nine times).
    private const double SaturatedShare = 0.90;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        Utilization[] saturated = [.. Utilization.Of(plan, arms).Where(arm => arm.BusyShare > SaturatedShare).OrderByDescending(arm => arm.BusyShare)];
        if (saturated.Length > 0)
        {
            yield return new Finding(FindingSeverity.Warning, "targets-saturated", "run") { Details = new TargetsSaturated(saturated) };
        }
    }
}
