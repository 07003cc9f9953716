using System.Globalization;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Capacity;

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
        IReadOnlyList<RunningArm> arms,
        IReadOnlyDictionary<string, double> closedLoopPerSecond,
        Action<RunningArm, CapacityTrial, int> tried,
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

    private void Try(RunningArm arm, SloStaircase walk, List<CapacityTrial> trials, ulong seed, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostRepeats; attempt++)
        {
            var result = trial.Run(arm.Driver, walk.RatePerSecond, seed, cancellationToken);
            arm.AnsweredCount += result.AnsweredCount;
            trials.Add(result);
            if (result.Holds is { } holds)
            {
                walk.Record(holds);
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

/// <summary>One launch set of a capacity search: start every arm, warm up, search, stop; and stop also when anything fails.</summary>
internal sealed class CapacityLaunchSet(ArmStarter starter, GeneratorThread lab, SloTrial trial, string folder, IRunProgress progress)
{
    /// <summary>Runs it.</summary>
    /// <param name="plan">The plan; its rate is not used.</param>
    /// <param name="number">Number of the launch set, from 1.</param>
    /// <param name="cancellationToken">Interrupts; nothing is left running.</param>
    /// <exception cref="Targets.TargetFailedException">A target did not start, died, or answers nothing as expected.</exception>
    public async Task<CapacityLaunch> RunAsync(Plan plan, int number, CancellationToken cancellationToken)
    {
        var launchFolder = Path.Combine(folder, number.ToString("000", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(launchFolder);
        await using var alive = new RunningArms(launchFolder);
        foreach (var index in new SeededGenerator(SubSeed.Derive(plan.Seed, SeedPurpose.StartOrder, number)).Permutation(plan.Arms.Count))
        {
            progress.Report(new RunStep(RunPhase.Start, number, plan.LaunchSets) { Arm = plan.Arms[index].Name });
            alive.Add(index, await starter.StartAsync(plan, plan.Arms[index], launchFolder, alive.ScratchFolder, cancellationToken));
        }

        var launch = await lab.RunAsync(() =>
        {
            progress.Report(new RunStep(RunPhase.WarmUp, number, plan.LaunchSets));
            new WarmUpPhase(plan, alive.InPlanOrder).RunClosedLoop(number, cancellationToken);
            var closedLoop = ClosedLoopPilot.MeasureCapacity(alive.InPlanOrder, progress, cancellationToken);
            return new CapacitySearch(plan, number, trial).Run(alive.InPlanOrder, closedLoop, Report, cancellationToken);
        });
        progress.Report(new RunStep(RunPhase.Stop, number, plan.LaunchSets));
        await alive.StopAsync();
        return launch;

        void Report(RunningArm arm, CapacityTrial tried, int round) => progress.Report(new RunStep(RunPhase.Measure, number, plan.LaunchSets)
        {
            Arm = arm.Plan.Name,
            Round = round + 1,
            Rounds = plan.Rounds,
            OfferedPerSecond = tried.RatePerSecond,
            AchievedPerSecond = tried.RatePerSecond * tried.AnsweredCount / Math.Max(1, tried.AnsweredCount + tried.DroppedCount + tried.ErrorCount),
        });
    }
}
