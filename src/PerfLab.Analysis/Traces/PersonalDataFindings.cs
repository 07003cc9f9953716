using PerfLab.Analysis.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Traces;

/// <summary>Names the arms whose spans hold personal data.</summary>
internal static class PersonalDataFindings
{
    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms) =>
        from arm in arms
        where arm.Traces is { PersonalData.Count: > 0 }
        select new Finding(FindingSeverity.Warning, "personal-data", arm.Name)
        {
            Details = new PersonalDataFound(arm.Traces!.SpanCount, arm.Traces.PersonalData),
        };
}
