using PerfLab.Experiments.Results;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// Decides whether a round counts, for all arms alike, and only by evidence that is not the value being judged: what the
/// hypervisor took, and how late requests started.
/// </summary>
internal static class RoundCheck
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
            return new VoidedRound(round, "noisy-neighbour", $"the hypervisor took {share * 100:0.#} % of a processor's time");
        }

        return LatenessLimit.Excess(lateness, responseTime) is var (late, allowed)
            ? new VoidedRound(round, "starts-late", $"1 % of the requests were started more than {late * 1000:0.###} ms late; {allowed * 1000:0.###} ms are allowed")
            : null;
    }
}
