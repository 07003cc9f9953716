using System.Diagnostics;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Wording;
using PerfLab.Reporting.Wording.Findings;
using PerfLab.Runner.LaunchSets;
using Spectre.Console;

namespace PerfLab.Cli.Display;

/// <summary>
/// Shows what a run does: in a terminal one line that is drawn anew each second, elsewhere a line per launch set.
/// The measuring thread only leaves a note here; drawing is done by a thread of its own, seldom, because it shares the lab's cores.
/// </summary>
internal sealed class RunProgressDisplay : IRunProgress, IAsyncDisposable
{
    private static readonly TimeSpan DrawInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StatusLine _line = new();
    private readonly Task _drawing;
    private RunStep? _last;
    private TimeSpan? _remaining;
    private TimeSpan _remainingAt;

    private readonly int _launchSetFloor;
    private readonly bool _isPart;
    private readonly Func<RunAnalysis>? _watch;

    private RunProgressDisplay(int launchSetFloor, bool isPart, Func<RunAnalysis>? watch)
    {
        _launchSetFloor = launchSetFloor;
        _isPart = isPart;
        _watch = watch;
        _drawing = _line.IsTerminal ? Task.Run(DrawAsync) : Task.CompletedTask;
    }

    /// <summary>Says what is about to run, and begins to show it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="launchSetFloor">Launch sets below which no verdict is possible.</param>
    /// <param name="isPart">Whether the run is a part of something longer, which has a budget of its own.</param>
    /// <param name="watch">Analyses the run so far, for a table after each launch set that counts; null shows none.</param>
    public static RunProgressDisplay Start(Scenario scenario, int launchSetFloor, bool isPart = false, Func<RunAnalysis>? watch = null)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{scenario.Name}[/]: {scenario.Question}");
        return new RunProgressDisplay(launchSetFloor, isPart, watch);
    }

    /// <inheritdoc/>
    public void Report(RunStep step) => Volatile.Write(ref _last, step);

    /// <inheritdoc/>
    public void Planned(Plan plan)
    {
        var pilot = plan.Pilot switch
        {
            null => string.Empty,
            { IsLowered: true, OpenLoop: { } trial } lowered => $" (which keep {trial.BusiestArm}, the busiest arm, {trial.BusyShare * 100:0} % busy; {lowered.CapacityShare * 100:0} % of what {lowered.SlowestArm} can do would be {lowered.SharePerSecond:#,0})",
            { } result => $" ({result.CapacityShare * 100:0} % of what {result.SlowestArm}, the slowest arm, can do)",
        };
        _line.WriteLine($"Plan: {plan.LaunchSets} launch sets of {plan.Arms.Count} arms, {plan.Rounds} rounds of {plan.SliceSeconds * 1000:0} ms, {LoadOf(plan)}{(plan.Generator is { TakesRate: false } ? string.Empty : pilot)}.");
        if (plan.Levels.Count > 0)
        {
            _line.WriteLine($"Then in each launch set: {string.Join(", ", plan.Levels.Select(level => $"{level.RatePerSecond:#,0} requests/s ({level.CapacityShare * 100:0} % of the capacity)"))}, {plan.Levels[0].Rounds} rounds each.");
        }

        if (plan.ClosedLoop is { } loop)
        {
            _line.WriteLine($"At the end of each launch set: a closed loop of {loop.Connections} connections, {loop.Rounds} rounds of {loop.SliceSeconds:0.#} s.");
        }

        foreach (var sentence in SizingWording.Of(plan))
        {
            _line.WriteLine(sentence);
        }

        if (plan.Looks.Count > 1)
        {
            _line.WriteLine($"It ends as soon as everything is decided, at the earliest after {plan.Looks[0]} launch sets.");
        }

        if (plan.StatedRounds > plan.Rounds)
        {
            _line.WriteLine($"{plan.StatedRounds} rounds were stated; {plan.Rounds} let the {_launchSetFloor} launch sets that a verdict takes fit into the budget of {DurationText.Short(TimeSpan.FromSeconds(plan.BudgetSeconds))}.");
        }

        if (plan.AffordableLaunchSets < _launchSetFloor)
        {
            _line.WriteLine($"The budget of {DurationText.Short(TimeSpan.FromSeconds(plan.BudgetSeconds))} has room for about {plan.AffordableLaunchSets} of the {_launchSetFloor} launch sets that a verdict takes. {(_isPart ? "Raise --budget." : "Raise design.budget, or add the missing ones later with --resume.")}");
        }
    }

    private static string LoadOf(Plan plan) => plan.Generator switch
    {
        null => $"{plan.RatePerSecond:#,0} requests/s",
        { TakesRate: true } tool => $"{plan.RatePerSecond:#,0} requests/s by {tool.Tool}",
        var tool => $"load by {tool.Tool}",
    };

    /// <summary>Shows what a look at the run sees: the intervals so far, and which arms keep it going.</summary>
    public void Looked(RunAnalysis analysis, IReadOnlyList<string> undecidedArms)
    {
        // Who watches has just seen them.
        foreach (var arm in analysis.Arms.Where(arm => _watch is null && arm.Role != ArmRole.Baseline))
        {
            _line.WriteLine("  " + AnswerWording.WriteProvisional(arm));
        }

        _line.WriteLine(undecidedArms.Count == 0
            ? $"Everything is decided after {analysis.LaunchSets} of {analysis.Plan.LaunchSets} launch sets: the run ends here."
            : $"Not decided after {analysis.LaunchSets} launch sets: {string.Join(", ", undecidedArms)}.");
    }

    /// <inheritdoc/>
    public void LaunchSetDone(int number, bool isValid, IReadOnlyList<Finding> findings, TimeSpan remaining)
    {
        _remaining = remaining;
        _remainingAt = _clock.Elapsed;
        var left = remaining > TimeSpan.Zero ? $", about {DurationText.Short(remaining)} left" : string.Empty;
        _line.WriteLine($"Launch set {number} {(isValid ? "done" : "voided")}{left}");
        foreach (var finding in findings.Where(finding => finding.Severity == FindingSeverity.Invalid))
        {
            var (facts, advice) = FindingWording.Of(finding);
            _line.WriteLine(VisibleText.Of($"  {finding.Subject}: {facts} {advice}", keepsStyle: false));
        }

        // The last one is followed by the summary of the run, which is the same table and final.
        if (isValid && remaining > TimeSpan.Zero && _watch is not null)
        {
            ShowTable(_watch);
        }
    }

    // Who only watches must not end what is watched.
    private void ShowTable(Func<RunAnalysis> watch)
    {
        try
        {
            var analysis = watch();
            _line.Write(() => SummaryDisplay.Show(ProvisionalSummary.Compose(analysis, AnsiConsole.Profile.Width)));
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _line.WriteLine($"The table so far cannot be shown: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drawing;
        _end.Dispose();
    }

    private async Task DrawAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(DrawInterval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _line.Draw(!_end.IsCancellationRequested && Volatile.Read(ref _last) is { } step ? Describe(step) : string.Empty);
        }
    }

    private string Describe(RunStep step)
    {
        var arm = step.Arm is null ? string.Empty : $" {step.Arm}";
        var what = step.Phase switch
        {
            RunPhase.Pilot when step.OfferedPerSecond is { } rate => $"Pilot: {rate:#,0} requests/s to{arm}",
            RunPhase.Pilot => $"Pilot {step.Round}/{step.Rounds}: capacity of{arm}",
            RunPhase.Start => $"{Set(step)}starting{arm}",
            RunPhase.WarmUp => $"{Set(step)}warming up",
            RunPhase.Measure => $"{Set(step)}round {step.Round}/{step.Rounds}{arm}, offered {step.OfferedPerSecond:#,0}/s, achieved {step.AchievedPerSecond:#,0}/s",
            RunPhase.Visibility => $"{Set(step)}looking which failed and slow requests can still be seen",
            RunPhase.Stop => $"{Set(step)}stopping",
            RunPhase.Diagnose when step.Round == 0 => $"Starting and warming up{arm}",
            RunPhase.Diagnose => $"Sampling stacks of{arm}, second {step.Round} of {step.Rounds}",
            _ => string.Empty,
        };
        return $"[{DurationText.Clock(_clock.Elapsed)}] {what}{Left()}";
    }

    private static string Set(RunStep step) => step.LaunchSet == 0 ? "Pilot: " : $"Launch set {step.LaunchSet} of {step.LaunchSets}: ";

    private string Left()
    {
        if (_remaining is not { } remaining)
        {
            return string.Empty;
        }

        var now = remaining - (_clock.Elapsed - _remainingAt);
        return now > TimeSpan.Zero ? $", about {DurationText.Short(now)} left" : string.Empty;
    }
}
