using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether enough rounds of a launch set count.</summary>
internal static class RoundChecks
{
    // Rounds are voided for all arms alike and by nothing that was measured, so fewer of them blur a launch set and do not bend it.
    private const double LeastShare = 0.75;

    /// <summary>The subject of findings whose cause lies in the machine and its neighbours, not in the target.</summary>
    public const string Machine = "machine";

    /// <summary>Checks the number of rounds.</summary>
    public static IEnumerable<Finding> Run(LaunchRecord launch, int rounds)
    {
        if (launch.VoidedRounds.Count == 0)
        {
            yield break;
        }

        var counted = launch.Arms.Max(arm => arm.CountedSlices.Count());
        var reasons = string.Join("; ", launch.VoidedRounds
            .GroupBy(round => round.Code, StringComparer.Ordinal)
            .Select(reason => $"{reason.Key} {reason.Count()} times, for example: {reason.First().Facts}"));
        var isEnough = counted >= LeastShare * rounds;
        yield return new Finding(
            isEnough ? FindingSeverity.Note : FindingSeverity.Invalid,
            isEnough ? "rounds-voided" : "rounds-missing",
            Machine,
            $"{launch.VoidedRounds.Count} rounds were voided for all arms and measured again, {counted} of {rounds} count ({reasons}).",
            "Repeat at a quieter time or on a machine of your own.");
    }
}
