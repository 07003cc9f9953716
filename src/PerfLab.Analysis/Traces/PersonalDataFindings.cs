using System.Globalization;
using PerfLab.Experiments;

namespace PerfLab.Analysis.Traces;

/// <summary>Names the arms whose spans hold personal data.</summary>
internal static class PersonalDataFindings
{
    internal static IEnumerable<Finding> Of(IReadOnlyList<ArmAnalysis> arms)
    {
        foreach (var arm in arms)
        {
            if (arm.Traces is not { PersonalData.Count: > 0 } look)
            {
                continue;
            }

            var kinds = look.PersonalData
                .GroupBy(place => place.Kind, StringComparer.Ordinal)
                .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Sum(place => place.Count):N0} times"));
            var places = look.PersonalData
                .Select(place => place.Key.Length > 0 ? place.Key : place.Part)
                .Distinct(StringComparer.Ordinal)
                .Take(4);
            yield return new Finding(
                FindingSeverity.Warning,
                "personal-data",
                arm.Name,
                string.Create(CultureInfo.InvariantCulture, $"In {look.SpanCount:N0} exported spans: {string.Join(", ", kinds)}; in {string.Join(", ", places)}."),
                "Whoever may read traces may read this. Do not record it, or remove it before it is exported.");
        }
    }
}
