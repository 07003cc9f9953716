using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Summaries;

/// <summary>One arm in <c>summary.json</c>.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="Role">What the arm is for.</param>
/// <param name="Answer">The one sentence that answers the question for it.</param>
/// <param name="Metrics">One entry for every metric of the catalogue, in its order.</param>
public sealed record ArmSummary(string Name, ArmRole Role, string Answer, IReadOnlyList<MetricSummary> Metrics)
{
    internal static ArmSummary From(ArmAnalysis arm) =>
        new(arm.Name, arm.Role, arm.Answer, [.. arm.Metrics.Select(MetricSummary.From)]);
}
