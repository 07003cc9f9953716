using System.Globalization;
using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Plans;

namespace PerfLab.Analysis.Symptoms;

/// <summary>Whether the load left the services room.</summary>
internal static class UtilisationFindings
{
    // The pilot aims below 80 %, and a cost may grow by a tenth after it: by a noisier hour, or because the rate was fixed. At
    // 90 % a request waits for others several times as long as it is worked on (M/M/1: nine times).
    private const double SaturatedShare = 0.90;

    internal static IEnumerable<Finding> Of(Plan plan, IReadOnlyList<ArmAnalysis> arms)
    {
        Utilisation[] saturated = [.. Utilisation.Of(plan, arms).Where(arm => arm.BusyShare > SaturatedShare).OrderByDescending(arm => arm.BusyShare)];
        if (saturated.Length > 0)
        {
            var shares = string.Join(", ", saturated.Select(arm => string.Create(CultureInfo.InvariantCulture, $"{arm.Arm} {100 * arm.BusyShare:0} %")));
            yield return new Finding(
                FindingSeverity.Warning,
                "targets-saturated",
                "run",
                $"The load kept the targets' processors busy nearly all the time ({shares}): response times are mostly those of requests that wait for each other, and a cost in CPU looks smaller than where there is room.",
                "Lower load.rate or load.capacity_share for response times that a service with room would have.");
        }
    }
}
