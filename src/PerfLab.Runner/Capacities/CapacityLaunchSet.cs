using System.Globalization;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Randomness;
using PerfLab.Experiments.Results.Capacities;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;
using PerfLab.Runner.Runs;

namespace PerfLab.Runner.Capacities;

/// <summary>One launch set of a capacity search: start every arm, warm up, search, stop; and stop also when anything fails.</summary>
internal sealed class CapacityLaunchSet(ArmStarter starter, LabThread lab, SloTrial trial, string folder, IRunProgress progress)
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
        await using var alive = new LiveArms(launchFolder);
        foreach (var index in new SeededGenerator(SubSeed.Derive(plan.Seed, SeedPurpose.StartOrder, number)).Permutation(plan.Arms.Count))
        {
            progress.Report(new RunStep(RunPhase.Start, number, plan.LaunchSets) { Arm = plan.Arms[index].Name });
            alive.Add(index, await starter.StartAsync(plan, plan.Arms[index], launchFolder, alive.ScratchFolder, cancellationToken));
        }

        var launch = await lab.RunAsync(() =>
        {
            progress.Report(new RunStep(RunPhase.WarmUp, number, plan.LaunchSets));
            new WarmUpPhase(plan, alive.InPlanOrder).Work(number, cancellationToken);
            var closedLoop = Pilot.MeasureCapacity(alive.InPlanOrder, progress, cancellationToken);
            return new CapacitySearch(plan, number, trial).Run(alive.InPlanOrder, closedLoop, Report, cancellationToken);
        });
        progress.Report(new RunStep(RunPhase.Stop, number, plan.LaunchSets));
        await alive.StopAsync();
        return launch;

        void Report(ArmInstance arm, CapacityTrial tried, int round) => progress.Report(new RunStep(RunPhase.Measure, number, plan.LaunchSets)
        {
            Arm = arm.Plan.Name,
            Round = round + 1,
            Rounds = plan.Rounds,
            OfferedPerSecond = tried.RatePerSecond,
            AchievedPerSecond = tried.RatePerSecond * tried.AnsweredCount / Math.Max(1, tried.AnsweredCount + tried.DroppedCount + tried.ErrorCount),
        });
    }
}
