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
    /// <summary>Above this share a response time is mostly queueing: a request waits for others several times as long as it is worked on (M/M/1: nine times).</summary>
    public const double QueueingShare = 0.90;

    /// <summary>Finds it for every arm whose CPU time was measured; for none where the targets had no processors of their own.</summary>
    public static IReadOnlyList<Utilization> Of(Plan plan, IEnumerable<ArmAnalysis> arms) =>
    [
        .. from arm in arms
           let share = ShareOf(plan, arm.Metrics.FirstOrDefault(metric => metric.Metric == MetricId.Cpu)?.Value)
           where share is not null
           select new Utilization(arm.Name, share.Value),
    ];

    /// <summary>The share that belongs to a CPU time per request at the plan's rate; null without either it or processors of the targets' own, and where a load tool has no rate.</summary>
    public static double? ShareOf(Plan plan, double? cpuSecondsPerRequest) =>
        plan.Generator is not { TakesRate: false } && plan.Placement is { TargetCores.Count: > 0 and var cores } ? cpuSecondsPerRequest * plan.RatePerSecond / cores : null;
}

/// <summary>Whether the load left the services the room that the scenario asks for.</summary>
internal static class UtilizationFindings
{
    // Launch sets of one arm differ by 2 to 9 % in CPU per request (standard deviation, docs/measurement.md), and a pilot is one of
    // them: an eighth more than was allowed is no fault of the run. The default of load.busy_share, 80 %, becomes 90 % by it.
    private const double AllowanceRatio = 1.125;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        var allowed = plan.Pilot?.OpenLoop?.AllowedBusyShare;
        var limit = Math.Max(Utilization.QueueingShare, AllowanceRatio * (allowed ?? 0));
        Utilization[] saturated = [.. Utilization.Of(plan, arms).Where(arm => arm.BusyShare > limit).OrderByDescending(arm => arm.BusyShare)];
        if (saturated.Length > 0)
        {
            yield return new Finding(FindingSeverity.Warning, "targets-saturated", "run") { Details = new TargetsSaturated(saturated) { AllowedBusyShare = allowed } };
        }
    }
}
