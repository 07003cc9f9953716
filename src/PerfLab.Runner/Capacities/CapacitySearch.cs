using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Randomness;
using PerfLab.Experiments.Results.Capacities;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;

namespace PerfLab.Runner.Capacities;

/// <summary>
/// Searches all arms of a launch set side by side: in every round each arm tries one rate, in fresh order, so that what the
/// machine does meanwhile happens to all of them.
/// </summary>
internal sealed class CapacitySearch(Plan plan, int launchSet, SloTrial trial)
{
    // A little below what a closed loop reaches: the first step goes up as often as down.
    private const double StartShare = 0.8;

    // A disturbed try is made again; a lab that is disturbed all the time shows in the record.
    private const int MostRepeats = 3;

    // One arm without a highest rate takes its launch set out of the interval: rounds go on for it, up to so many times the plan.
    private const int MostRoundsFactor = 3;

    /// <summary>Searches.</summary>
    /// <param name="arms">Alive and warmed up.</param>
    /// <param name="closedLoopPerSecond">What each answers in a closed loop, by name.</param>
    /// <param name="tried">Is told every try.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public CapacityLaunch Run(
        IReadOnlyList<ArmInstance> arms,
        IReadOnlyDictionary<string, double> closedLoopPerSecond,
        Action<ArmInstance, CapacityTrial, int> tried,
        CancellationToken cancellationToken)
    {
        var walks = arms.ToDictionary(arm => arm, arm => new SloStaircase(closedLoopPerSecond[arm.Plan.Name] * StartShare));
        var trials = arms.ToDictionary(arm => arm, _ => new List<CapacityTrial>());
        var before = arms.ToDictionary(arm => arm, arm => arm.ReadFull().Reading);
        for (var round = 0; round < plan.Rounds || (round < plan.Rounds * MostRoundsFactor && walks.Values.Any(walk => walk.EstimatePerSecond is null)); round++)
        {
            var seed = SubSeed.Derive(plan.Seed, SeedPurpose.Arrivals, launchSet, round);
            foreach (var arm in RoundOrder.For(plan.Seed, launchSet, round, arms.Count).Select(index => arms[index]))
            {
                arm.EnsureAlive();
                Try(arm, walks[arm], trials[arm], seed, cancellationToken);
                tried(arm, trials[arm][^1], round);
            }
        }

        // All arms are read after the last round: each has had the same time to finish what it does in the background.
        return new CapacityLaunch(launchSet, [.. arms.Select(arm => new CapacityArm
        {
            Arm = arm.Plan.Name,
            Role = arm.Plan.Role,
            ClosedLoopPerSecond = closedLoopPerSecond[arm.Plan.Name],
            RequestsPerSecond = walks[arm].EstimatePerSecond,
            CpuSecondsPerRequest = CpuPerRequest(arm.ReadFull().Reading.SteadyCpuSeconds - before[arm].SteadyCpuSeconds, trials[arm]),
            Trials = trials[arm],
        })]);
    }

    private void Try(ArmInstance arm, SloStaircase walk, List<CapacityTrial> trials, ulong seed, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostRepeats; attempt++)
        {
            var result = trial.Run(arm.Driver, walk.RatePerSecond, seed, cancellationToken);
            arm.AnsweredCount += result.AnsweredCount;
            trials.Add(result);
            if (result.Holds is { } holds)
            {
                walk.Answer(holds);
                return;
            }
        }
    }

    private static double? CpuPerRequest(double? cpuSeconds, List<CapacityTrial> trials)
    {
        var answered = trials.Sum(trial => trial.AnsweredCount);
        return answered == 0 ? null : cpuSeconds / answered;
    }
}
