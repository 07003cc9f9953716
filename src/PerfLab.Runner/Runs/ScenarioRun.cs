using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Runs;

/// <summary>Carries out a scenario: pilot, plan, launch sets until enough of them are valid, outcome.</summary>
internal sealed class ScenarioRun(
    Scenario scenario,
    RunFolder folder,
    LaunchSetExecutor executor,
    PilotRun pilot,
    Placement? placement,
    int launchSetFloor,
    IRunProgress progress)
{
    // A cause that voids three launch sets in a row does not go away by a fourth try.
    private const int MaxVoidedInARow = 3;

    // The pilot needs a plan to start arms by; it runs closed loop and never uses this rate.
    private const double DraftRatePerSecond = 100;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _valid;
    private int _voided;

    /// <summary>Runs to the end and writes how it ended, also when it is interrupted or fails.</summary>
    /// <exception cref="TargetFailedException">A target failed in the pilot, or in three launch sets one after the other.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted; completed launch sets are kept.</exception>
    public async Task<RunEnd> ExecuteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var plan = await MakePlanAsync(cancellationToken);
            RunFolder.Write(folder.PlanFile, plan);
            progress.Planned(plan);
            var end = await RunLaunchSetsAsync(plan, cancellationToken);
            WriteOutcome(end == RunEnd.Completed, ReasonOf(end, plan));
            return end;
        }
        catch (Exception error)
        {
            TryWriteOutcome(error is OperationCanceledException ? "The run was interrupted." : error.Message);
            throw;
        }
    }

    private static string? ReasonOf(RunEnd end, Plan plan) => end switch
    {
        RunEnd.BudgetUsedUp => $"The budget of {plan.BudgetSeconds:0} s was used up.",
        RunEnd.Voided => $"{MaxVoidedInARow} launch sets in a row were voided.",
        _ => null,
    };

    private async Task<Plan> MakePlanAsync(CancellationToken cancellationToken)
    {
        var draft = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = DraftRatePerSecond } }, pilot: null, placement, scenario.Design.LaunchSets);
        var observed = await pilot.RunAsync(draft, scenario.Load, progress, cancellationToken);
        var launchSets = LaunchSetBudget.Fit(scenario.Design, draft.Arms.Count, observed, _clock.Elapsed.TotalSeconds, scenario.Visibility?.TotalSeconds ?? 0, launchSetFloor);
        return PlanBuilder.Build(scenario, observed.Result, placement, launchSets);
    }

    private async Task<RunEnd> RunLaunchSetsAsync(Plan plan, CancellationToken cancellationToken)
    {
        var voidedInARow = 0;
        for (var number = 1; _valid < plan.LaunchSets; number++)
        {
            var begin = _clock.Elapsed;
            var launch = await RunLaunchSetAsync(plan, number, cancellationToken);
            if (launch.IsValid)
            {
                _valid++;
                voidedInARow = 0;
            }
            else
            {
                _voided++;
                voidedInARow++;
            }

            var each = _clock.Elapsed - begin;
            progress.LaunchSetDone(number, launch.IsValid, launch.Findings, each * (plan.LaunchSets - _valid));
            if (voidedInARow >= MaxVoidedInARow)
            {
                return RunEnd.Voided;
            }

            if (_valid < plan.LaunchSets && _clock.Elapsed + each > TimeSpan.FromSeconds(plan.BudgetSeconds))
            {
                return RunEnd.BudgetUsedUp;
            }
        }

        return RunEnd.Completed;
    }

    private async Task<LaunchRecord> RunLaunchSetAsync(Plan plan, int number, CancellationToken cancellationToken)
    {
        var unfinished = folder.UnfinishedLaunchFolder(number);
        Directory.CreateDirectory(unfinished);
        try
        {
            var launch = await executor.ExecuteAsync(plan, number, unfinished, progress, cancellationToken);
            folder.CompleteLaunch(launch);
            return launch;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            TryDelete(unfinished);
            throw;
        }
    }

    private void WriteOutcome(bool isCompleted, string? reason) =>
        RunFolder.Write(folder.OutcomeFile, new RunOutcome(1, isCompleted, _valid, _voided, reason, _clock.Elapsed.TotalSeconds));

    private void TryWriteOutcome(string reason)
    {
        try
        {
            WriteOutcome(isCompleted: false, reason);
        }
        catch (IOException)
        {
            // A full disk has no room for the outcome either; the first error is the one that is told.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // What stays behind begins with a dot and is not read; the first error is the one that is told.
        }
    }
}
