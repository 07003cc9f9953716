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

    // Percentiles of fewer rounds than one in four are those of a few moments.
    private const double LeastTimedShare = 0.25;

    /// <summary>Checks the number of rounds.</summary>
    public static IEnumerable<Finding> Run(LaunchRecord launch, int rounds)
    {
        var counted = launch.Arms.Count == 0 ? 0 : launch.Arms.Max(arm => arm.CountedSlices.Count());
        var disturbed = launch.Arms.Count == 0 ? 0 : launch.Arms.Max(arm => arm.CountedSlices.Count(slice => slice.IsDisturbed));
        var timed = counted - disturbed;
        var isEnough = counted >= LeastShare * rounds && timed >= LeastTimedShare * rounds;
        if (disturbed > 0)
        {
            yield return new Finding(FindingSeverity.Note, "rounds-disturbed", Machine) { Details = new RoundsDisturbed(disturbed, counted) };
        }

        if (launch.VoidedRounds.Count > 0)
        {
            yield return new Finding(
                isEnough ? FindingSeverity.Note : FindingSeverity.Invalid,
                isEnough ? "rounds-voided" : "rounds-missing",
                Machine)
            {
                Details = new RoundsVoided(launch.VoidedRounds.Count, counted, rounds, [.. launch.VoidedRounds
                    .GroupBy(round => round.Code, StringComparer.Ordinal)
                    .Select(reason => new RoundVoidCause(reason.Count(), reason.First()))])
                {
                    TimedRounds = disturbed > 0 ? timed : null,
                },
            };
        }
    }
}

/// <summary>
/// Decides whether a round counts, for all arms alike, and only by evidence that is not the value being judged: what the
/// hypervisor took, and how late requests started. Time that neighbors take is in every response time and hardly in CPU time,
/// whose clock stands still meanwhile: up to a limit such a round counts for everything but response times.
/// </summary>
internal static class RoundValidity
{
    /// <summary>Looks at one round.</summary>
    /// <param name="round">Its number, from 0.</param>
    /// <param name="lateness">Start lateness of all its slices.</param>
    /// <param name="responseTime">Response time of all its slices.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="stealSeconds">What the hypervisor took meanwhile, all processors; null where not measured.</param>
    /// <returns>Null when it counts, be it without its response times.</returns>
    public static VoidedRound? Find(int round, LatencySummary? lateness, LatencySummary? responseTime, double seconds, double? stealSeconds)
    {
        if (IsDisturbed(seconds, stealSeconds))
        {
            return stealSeconds / seconds is { } share && share > StealLimit.InvalidShare ? Stolen(round, share) : null;
        }

        return LatenessLimit.Excess(lateness, responseTime) is { } excess
            ? new VoidedRound(round, "starts-late") { Cause = excess }
            : null;
    }

    /// <summary>Says whether neighbors took so much of a round that its response times are also theirs.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="stealSeconds">What the hypervisor took meanwhile, all processors; null where not measured.</param>
    public static bool IsDisturbed(double seconds, double? stealSeconds) => stealSeconds / seconds > StealLimit.DisturbingShare;

    /// <summary>Makes the reason of a round that does not count because of what the hypervisor took.</summary>
    public static VoidedRound Stolen(int round, double share) => new(round, "noisy-neighbour") { Cause = new CpuStolen(share) };
}
