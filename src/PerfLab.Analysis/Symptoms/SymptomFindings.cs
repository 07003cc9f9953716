using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Symptoms;

/// <summary>What the course of the measuring shows of things that should have no effect.</summary>
internal static class SymptomFindings
{
    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<LaunchRecord> launches)
    {
        var costs = SliceCosts.Of(plan, launches);
        return [.. TrendFindings.Of(plan, costs), .. BimodalFindings.Of(plan, costs), .. CollectionFindings.Of(plan, launches)];
    }
}
