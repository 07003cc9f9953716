using System.Diagnostics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner;

/// <summary>Carries out a scenario: pilot, plan, launch sets until enough of them are valid, outcome.</summary>
internal sealed class ScenarioRun(
    Scenario scenario,
    Scenario written,
    RunFolder folder,
    LaunchSetExecutor executor,
    PilotRun pilot,
    Placement? placement,
    RunRules rules,
    IRunProgress progress,
    ResumedRun? resumed = null)
{
    // A cause in the target or in the scenario that voids three launch sets in a row does not go away by a fourth try.
    // A neighbour on the same machine does: for that one the run waits as long as its budget allows.
    private const int MaxVoidedInARow = 3;

    // Minutes of measuring that end one launch set short of any verdict are lost: a little more time saves them.
    private const double OvertimeFactor = 1.25;

    // The pilot needs a plan to start arms by; it runs closed loop and never uses this rate.
    private const double DraftRatePerSecond = 100;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _valid = resumed?.ValidLaunchSets ?? 0;
    private int _voided = resumed?.VoidedLaunchSets ?? 0;

    /// <summary>Runs to the end and writes how it ended, also when it is interrupted or fails.</summary>
    /// <exception cref="TargetFailedException">A target failed in the pilot, or in three launch sets one after the other.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted; completed launch sets are kept.</exception>
    public async Task<RunEndReason> ExecuteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (resumed is not null)
            {
                folder.Reopen();
            }

            var plan = resumed?.Plan ?? await MakePlanAsync(cancellationToken);
            Announce(plan);
            var end = await RunLaunchSetsAsync(plan, cancellationToken);
            WriteOutcome(end is RunEndReason.Completed or RunEndReason.Decided, ReasonOf(end, plan));
            return end;
        }
        catch (Exception error)
        {
            TryWriteOutcome(folder, new RunOutcome(1, false, _valid, _voided, ReasonOf(error), Duration) { ResumedAfterLaunchSets = ResumedAfter });
            throw;
        }
    }

    private string? ReasonOf(RunEndReason end, Plan plan) => end switch
    {
        RunEndReason.BudgetUsedUp => $"The budget of {plan.BudgetSeconds:0} s was used up.",
        RunEndReason.Voided when _valid == 0 => $"Not one of {_voided} launch sets counts.",
        RunEndReason.Voided => $"{MaxVoidedInARow} launch sets in a row were voided.",
        _ => null,
    };

    private async Task<Plan> MakePlanAsync(CancellationToken cancellationToken)
    {
        var draft = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = DraftRatePerSecond } }, pilot: null, placement, scenario.Design.LaunchSets);
        var observed = await pilot.RunAsync(draft, scenario.Load, progress, cancellationToken);
        var elapsed = _clock.Elapsed.TotalSeconds;

        // Where the scenario wants fewer launch sets than a verdict takes, shorter ones do not help.
        var rounds = scenario.Design.LaunchSets < rules.LaunchSetFloor
            ? draft.Rounds
            : LaunchSetBudget.Rounds(draft.Rounds, BatchWindow.FewestRounds(scenario.Target, scenario.Variants, scenario.Design), rules.LaunchSetFloor, Affordable);
        var affordable = Affordable(rounds);
        var launchSets = LaunchSetBudget.Fit(scenario.Design, affordable, rules.LaunchSetFloor);
        var plan = PlanBuilder.Build(scenario, observed.Result, placement, launchSets, rounds) with { AffordableLaunchSets = affordable };
        return rules switch
        {
            { Sizing: { PilotLaunchSets: 0 } sizing } => sizing.Choose(plan, [], launchSets),
            { Sizing: null, Stopping: { } stopping } => plan with { Looks = stopping.Looks(plan) },
            _ => plan,
        };

        int Affordable(int rounds)
        {
            var design = scenario.Design with { Rounds = rounds };
            var besideWindowsSeconds = rounds * draft.Arms.Count * scenario.Load.SecondsBesideWindow;
            var furtherSeconds = LevelSeconds(design, draft.Arms.Count, observed.Result) + besideWindowsSeconds + (scenario.TraceRetention?.TotalSeconds ?? 0);
            return LaunchSetBudget.Affordable(design, draft.Arms.Count, observed, elapsed, furtherSeconds);
        }
    }

    // Each level ends with an idle round, as the first window does.
    private double LevelSeconds(DesignDefinition design, int arms, PilotResult pilot) =>
        (scenario.Load.Levels.Count * (BatchWindow.LevelRounds(scenario.Target, scenario.Variants, design) + 1) * arms * design.Slice.TotalSeconds)
        + (ClosedLoopLevel.Of(scenario.Load, scenario.Target, scenario.Variants, design, scenario.Load.RatePerSecond is null ? pilot.CapacityPerSecond[pilot.SlowestArm] : null) is { } loop ? (loop with { Rounds = loop.Rounds + 1 }).SecondsFor(arms) : 0);

    private void Announce(Plan plan)
    {
        RunFolder.Write(folder.PlanFile, PlanTexts.Hide(plan, written));
        progress.Planned(plan);
    }

    // Once, as soon as the spread is known: the number of launch sets follows from it and from nothing else that was seen.
    private Plan Resized(Plan plan)
    {
        var measured = _valid + _voided - (resumed is null ? 0 : resumed.ValidLaunchSets + resumed.VoidedLaunchSets);
        var affordable = LaunchSetBudget.Affordable(_valid, measured, _clock.Elapsed, TimeSpan.FromSeconds(plan.BudgetSeconds));
        var resized = rules.Sizing!.Choose(plan, folder.ReadLaunches(), affordable);
        Announce(resized);
        return resized;
    }

    private async Task<RunEndReason> RunLaunchSetsAsync(Plan plan, CancellationToken cancellationToken)
    {
        var voidedInARow = 0;
        for (var number = 1 + (resumed?.LastNumber ?? 0); _valid < plan.LaunchSets; number++)
        {
            var begin = _clock.Elapsed;
            var launch = await RunLaunchSetAsync(plan, number, cancellationToken);
            if (launch.IsValid)
            {
                _valid++;
                voidedInARow = 0;
                plan = rules.Sizing?.PilotLaunchSets == _valid ? Resized(plan) : plan;
            }
            else
            {
                _voided++;
                voidedInARow += IsSpoiledByMachine(launch) ? 0 : 1;
            }

            var each = _clock.Elapsed - begin;
            progress.LaunchSetDone(number, launch.IsValid, launch.Findings, each * (plan.LaunchSets - _valid));
            if (launch.IsValid && IsDecided(plan))
            {
                return RunEndReason.Decided;
            }

            if (voidedInARow >= MaxVoidedInARow)
            {
                return RunEndReason.Voided;
            }

            var limit = TimeSpan.FromSeconds(plan.BudgetSeconds) * (_valid < rules.LaunchSetFloor ? OvertimeFactor : 1);
            if (_valid < plan.LaunchSets && _clock.Elapsed + each > limit)
            {
                return _valid > 0 ? RunEndReason.BudgetUsedUp : RunEndReason.Voided;
            }
        }

        return RunEndReason.Completed;
    }

    // Only at the looks that were planned: who looks more often must ask for more each time.
    private bool IsDecided(Plan plan) =>
        _valid < plan.LaunchSets && plan.Looks.Contains(_valid) && rules.Stopping?.UndecidedArms(plan, folder.ReadLaunches(plan)).Count == 0;

    private static bool IsSpoiledByMachine(LaunchRecord launch) =>
        launch.Findings.Where(finding => finding.Severity == FindingSeverity.Invalid).All(finding => finding.Subject == RoundChecks.Machine);

    private async Task<LaunchRecord> RunLaunchSetAsync(Plan plan, int number, CancellationToken cancellationToken)
    {
        var unfinished = folder.UnfinishedLaunchFolder(number);
        Directory.CreateDirectory(unfinished);
        try
        {
            var launch = await executor.ExecuteAsync(plan, number, unfinished, progress, cancellationToken);
            if (!launch.IsValid)
            {
                // Ctrl-C reaches the targets too: what it ended did not fail.
                cancellationToken.ThrowIfCancellationRequested();
            }

            folder.CompleteLaunch(launch);
            return launch;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            TryDelete(unfinished);
            throw;
        }
    }

    private double Duration => (resumed?.DurationSeconds ?? 0) + _clock.Elapsed.TotalSeconds;

    private IReadOnlyList<int>? ResumedAfter => resumed is null ? null : [.. resumed.ResumedAfter, resumed.ValidLaunchSets];

    private void WriteOutcome(bool isCompleted, string? reason) =>
        folder.WriteOutcome(new RunOutcome(1, isCompleted, _valid, _voided, reason, Duration) { ResumedAfterLaunchSets = ResumedAfter });

    /// <summary>Says how a run ended that stopped before its first step.</summary>
    /// <param name="folder">The run's folder; an outcome that it has stays.</param>
    /// <param name="error">What stopped it.</param>
    public static void EndedBeforeItsStart(RunFolder folder, Exception error)
    {
        if (!File.Exists(folder.OutcomeFile))
        {
            TryWriteOutcome(folder, new RunOutcome(1, false, 0, 0, ReasonOf(error), 0));
        }
    }

    private static string ReasonOf(Exception error) => error is OperationCanceledException ? "The run was interrupted." : error.Message;

    private static void TryWriteOutcome(RunFolder folder, RunOutcome outcome)
    {
        try
        {
            folder.WriteOutcome(outcome);
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
