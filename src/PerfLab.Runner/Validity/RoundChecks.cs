using PerfLab.Experiments;
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
        var isEnough = counted >= LeastShare * rounds;
        yield return new Finding(
            isEnough ? FindingSeverity.Note : FindingSeverity.Invalid,
            isEnough ? "rounds-voided" : "rounds-missing",
            Machine)
        {
            Details = new RoundsVoided(launch.VoidedRounds.Count, counted, rounds, [.. launch.VoidedRounds
                .GroupBy(round => round.Code, StringComparer.Ordinal)
                .Select(reason => new RoundVoidCause(reason.Count(), reason.First()))]),
        };
    }
}

/// <summary>
/// Decides whether a round counts, for all arms alike, and only by evidence that is not the value being judged: what the
/// hypervisor took, and how late requests started.
/// </summary>
internal static class RoundValidity
{
    /// <summary>Looks at one round.</summary>
    /// <param name="round">Its number, from 0.</param>
    /// <param name="lateness">Start lateness of all its slices.</param>
    /// <param name="responseTime">Response time of all its slices.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="stealSeconds">What the hypervisor took meanwhile, all processors; null where not measured.</param>
    /// <returns>Null when it counts.</returns>
    public static VoidedRound? Find(int round, LatencySummary? lateness, LatencySummary? responseTime, double seconds, double? stealSeconds)
    {
        if (stealSeconds / seconds is { } share && share > StealLimit.InvalidShare)
        {
            return new VoidedRound(round, "noisy-neighbour") { Cause = new CpuStolen(share) };
        }

        return LatenessLimit.Excess(lateness, responseTime) is { } excess
            ? new VoidedRound(round, "starts-late") { Cause = excess }
            : null;
    }
}
