using PerfLab.Experiments.Findings;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Validity;

/// <summary>Whether enough rounds of a launch set count.</summary>
internal static class RoundChecks
{
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
        yield return new Finding(
            counted < rounds ? FindingSeverity.Invalid : FindingSeverity.Note,
            counted < rounds ? "rounds-missing" : "rounds-voided",
            "machine",
            $"{launch.VoidedRounds.Count} rounds were voided for all arms and measured again, {counted} of {rounds} count ({reasons}).",
            "Repeat at a quieter time or on a machine of your own.");
    }
}
