using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Load;
using PerfLab.Load.Simulations;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner;

/// <summary>
/// Tries a rate in open loop, and lowers it until the busiest arm leaves its processors room. Many requests in flight are
/// served together and cost less than one by one, so a closed loop's capacity says too little about an open loop: a Shop that
/// did 3,000 orders per second with 16 in flight was saturated by 1,500 that came by themselves.
/// </summary>
internal sealed class OpenLoopPilot(Plan draft, int cores, double busyShare, IReadOnlyList<RunningArm> arms, IRunProgress progress)
{
    // Above 80 % most of a response time is waiting for other requests (docs/measurement.md). A lower rate costs more for each
    // request, so a step that aims at the limit itself would miss it.
    private const double AimedShareOfLimit = 0.95;
    private const int MostSteps = 5;

    // A second for each arm: with hundreds of requests the CPU time of one is known to a few percent.
    private const double LoadSeconds = 1;

    private readonly LatencyRecorder _unused = new();

    /// <summary>Finds the highest rate up to the one given at which no arm is too busy.</summary>
    /// <returns>The last trial; null where an arm's CPU time cannot be read.</returns>
    public OpenLoopTrial? Find(double ratePerSecond, CancellationToken cancellationToken)
    {
        var candidates = arms;
        for (var step = 0; ; step++)
        {
            var shares = Try(candidates, ratePerSecond, step, cancellationToken);
            if (shares is null)
            {
                return null;
            }

            var (busiest, share) = shares.MaxBy(arm => arm.Value);
            if (share <= busyShare || step == MostSteps)
            {
                return new OpenLoopTrial(busiest.Plan.Name, ratePerSecond, share) { AllowedBusyShare = busyShare };
            }

            candidates = [busiest];
            ratePerSecond *= AimedShareOfLimit * busyShare / share;
        }
    }

    // As a launch set measures it, in slices of the plan's length and with everything charged until the end. With visits of 200 ms
    // that were read one by one, five of six runs with slices of 50 ms were 6 to 24 % busier than their pilot had said.
    private Dictionary<RunningArm, double>? Try(IReadOnlyList<RunningArm> candidates, double ratePerSecond, int step, CancellationToken cancellationToken)
    {
        var before = candidates.ToDictionary(arm => arm, arm => arm.Read().SteadyCpuSeconds);
        var visits = (int)Math.Ceiling(LoadSeconds / draft.SliceSeconds);
        var requests = 0;
        for (var visit = 0; visit < visits; visit++)
        {
            var schedule = ArrivalSchedule.Poisson(ratePerSecond, TimeSpan.FromSeconds(draft.SliceSeconds), SubSeed.Derive(draft.Seed, SeedPurpose.Pilot, step, visit));
            requests += schedule.Count;
            foreach (var arm in candidates)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new RunStep(RunPhase.Pilot, 0, 0) { Arm = arm.Plan.Name, OfferedPerSecond = ratePerSecond });
                arm.EnsureAlive();
                arm.Driver.RunOpen(schedule, _unused, cancellationToken);
            }
        }

        // How many requests come in a second by chance is not the question, so it is the cost of one that is measured.
        var shares = new Dictionary<RunningArm, double>();
        foreach (var (arm, start) in before)
        {
            if (arm.Read().SteadyCpuSeconds - start is not { } seconds)
            {
                return null;
            }

            shares[arm] = seconds / Math.Max(1, requests) * ratePerSecond / cores;
        }

        return shares;
    }
}
