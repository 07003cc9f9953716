using System.Diagnostics;
using PerfLab.Analysis.Gates;
using PerfLab.Cli.Display;
using PerfLab.Cli.Execution;
using PerfLab.Cli.Options;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Reporting.Gates;
using PerfLab.Runner.Builds;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Targets;
using PerfLab.Statistics;

namespace PerfLab.Cli.Nightly;

/// <summary>A night from its commits to its exit code: build, measure, measure suspects again, judge, keep.</summary>
internal sealed class NightlyRun
{
    // What looks worse must be measured again for as long.
    private const double ShareOfFirstRun = 0.5;

    private readonly GatePolicy _policy;
    private readonly string _results;
    private readonly NightFolder _folder;
    private readonly HistoryFile _historyFile;
    private readonly HistoryReading _history;
    private readonly Interruption _interruption;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private NightFacts _facts;
    private NightEnd _end = NightEnd.Completed;
    private string? _failure;
    private GateRun? _first;
    private GateRun? _confirmation;

    /// <summary>Begins a night.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="results">The folder of runs.</param>
    /// <param name="baseline">The baseline's commit; null where none is built.</param>
    /// <param name="head">The head's commit; null likewise.</param>
    /// <param name="planted">What is planted into the head; empty for nothing.</param>
    /// <param name="interruption">Ends the night.</param>
    public NightlyRun(GatePolicy policy, string results, string? baseline, string? head, IReadOnlyDictionary<string, string> planted, Interruption interruption)
    {
        _policy = policy;
        _results = results;
        _interruption = interruption;
        _historyFile = HistoryFile.Of(results, policy.Name);
        ResultsOption.Check(Path.GetDirectoryName(_historyFile.Path)!);
        _history = _historyFile.Read();
        _folder = ResultsOption.CreateIn(results, () => NightFolder.Create(results, policy.Name));
        _facts = new NightFacts
        {
            Name = _folder.Name,
            StartedUtc = TimeProvider.System.GetUtcNow(),
            Baseline = new BuiltCommit(baseline, OpenTelemetryVersion: null),
            Head = new BuiltCommit(head, OpenTelemetryVersion: null),
            Machine = MachineInspector.Read(),
            PerfLabCommit = Checkout.Commit(),
            Planted = planted,
        };
    }

    /// <summary>Gets what the gate said; null before the end.</summary>
    public GateResult? Result { get; private set; }

    /// <summary>Judges a commit.</summary>
    public static async Task<int> OfCommitsAsync(NightlyRequest request)
    {
        using var interruption = new Interruption();
        var repository = new GitRepository(request.Policy.Repository);
        var head = await repository.ResolveAsync(request.Head, interruption.Token);
        var baseline = await ResolveBaselineAsync(request, repository, interruption.Token);
        return (await CompareAsync(request, baseline, head, interruption)).ExitCode;
    }

    /// <summary>Judges a commit by another.</summary>
    /// <param name="request">What a night needs.</param>
    /// <param name="baseline">The full hash of the commit that the head is compared with.</param>
    /// <param name="head">The full hash of the commit that is judged.</param>
    /// <param name="interruption">Ends the night.</param>
    public static async Task<NightOutcome> CompareAsync(NightlyRequest request, string baseline, string head, Interruption interruption)
    {
        var night = new NightlyRun(request.Policy, request.Results, baseline, head, new Dictionary<string, string>(), interruption);
        var code = await night.RunAsync(async () =>
        {
            Console.WriteLine($"Building {baseline[..12]} and {head[..12]}...");
            await using var build = await SideBySideBuild.MakeAsync(request.Policy, baseline, head, night._folder.Path, interruption.Token);
            night._facts = night._facts with { Baseline = build.Baseline.Commit, Head = build.Head.Commit };
            await night.MeasureAsync(build.Baseline.Program, build.Head.Program, request.Budget);
        }, request.Files);
        return new NightOutcome(code, night._end, night.Result!);
    }

    /// <summary>Carries the night out: whatever ends it, what was learned is kept.</summary>
    /// <param name="measure">Builds and measures.</param>
    /// <param name="files">The files for build servers.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<Task> measure, NightFiles files)
    {
        try
        {
            await measure();
        }
        catch (Exception error) when (error is OperationCanceledException || _interruption.Token.IsCancellationRequested)
        {
            // Ctrl-C reaches builds and targets too: that they ended is no failure of theirs.
            _end = NightEnd.Interrupted;
        }
        catch (BuildFailedException error)
        {
            (_end, _failure) = (error.IsBaseline ? NightEnd.BaselineNotBuilt : NightEnd.HeadNotBuilt, error.Message);
        }
        catch (TargetFailedException error)
        {
            (_end, _failure) = (NightEnd.TargetFailed, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            (_end, _failure) = (NightEnd.StorageFailed, error.Message);
        }

        return Keep(files);
    }

    /// <summary>Measures all arms, then those that look worse again.</summary>
    /// <param name="baseline">What the baseline starts; null for what the scenario starts.</param>
    /// <param name="head">What the head starts; null likewise.</param>
    /// <param name="budget">Time for both runs.</param>
    public async Task MeasureAsync(ArmProgram? baseline, ArmProgram? head, TimeSpan budget)
    {
        var clock = Stopwatch.StartNew();
        foreach (var sentence in GatePlanWording.Compose(HistoryEpoch.Current(_history.Entries, _facts.Machine), budget * ShareOfFirstRun, budget))
        {
            Console.WriteLine(sentence);
        }

        _first = await RunOnceAsync(_policy.Arms, baseline, head, budget * ShareOfFirstRun);
        if (_first is null || _end != NightEnd.Completed || Gate.Suspects(_policy, _first) is not { Count: > 0 } suspects)
        {
            return;
        }

        Console.WriteLine($"Suspect: {string.Join(", ", suspects)}. Measuring again in fresh launch sets before anything is said.");
        var left = budget - clock.Elapsed;
        _confirmation = await RunOnceAsync(suspects, baseline, head, left > budget * ShareOfFirstRun ? left : budget * ShareOfFirstRun);
    }

    private static async Task<string> ResolveBaselineAsync(NightlyRequest request, GitRepository repository, CancellationToken cancellationToken)
    {
        if (request.Baseline != NightlyRequest.LastPassed)
        {
            return await repository.ResolveAsync(request.Baseline!, cancellationToken);
        }

        // Commits of the history may be gone: somebody rewrote the repository's own.
        foreach (var commit in HistoryEpoch.PassedHeads(HistoryFile.Of(request.Results, request.Policy.Name).Read().Entries))
        {
            if (await repository.FindAsync(commit, cancellationToken) is { } found)
            {
                return found;
            }
        }

        throw new UsageException($"--baseline {NightlyRequest.LastPassed}: the history has no head that passed and is still in the repository. Name a commit for the first night.");
    }

    private async Task<GateRun?> RunOnceAsync(IReadOnlyList<string> arms, ArmProgram? baseline, ArmProgram? head, TimeSpan budget)
    {
        var scenario = SideBySide.WithPlanted(SideBySide.Of(_policy, arms, baseline, head, budget), _facts.Planted);
        var execution = await ScenarioExecution.RunAsync(new ScenarioRequest(scenario, _results, SignedRankInterval.SmallestCount()) { Interruption = _interruption });
        _end = execution.ExitCode switch
        {
            ExitCode.Passed => NightEnd.Completed,
            ExitCode.Interrupted => NightEnd.Interrupted,
            _ => NightEnd.Voided,
        };
        if (execution.Analysis is not { } analysis)
        {
            return null;
        }

        var launches = RunFolder.Find(_results, analysis.Manifest.RunId).ReadLaunches(analysis.Plan);
        return GateRun.Of(analysis, launches, SideBySide.Pairs(arms));
    }

    private int Keep(NightFiles files)
    {
        var evidence = new GateEvidence
        {
            End = _end,
            First = _first,
            Confirmation = _confirmation,
            History = HistoryEpoch.Current(_history.Entries, _facts.Machine),
        };
        Result = Gate.Judge(_policy, evidence);
        var entry = NightHistory.EntryOf(_facts, _policy, evidence, Result);
        var night = new GateNight
        {
            Policy = _policy,
            Facts = _facts,
            Evidence = evidence,
            Result = Result,
            Failure = _failure,
            History = _history,
            Trends = HistoryTrend.Of([.. evidence.History, entry]),
            DurationSeconds = _clock.Elapsed.TotalSeconds,
        };
        Console.WriteLine();
        foreach (var line in GateReport.Compose(night))
        {
            TerminalMarkup.WriteLine(line);
        }

        try
        {
            _historyFile.Append(entry);
            Console.WriteLine($"Night: {_folder.Write(night, entry)}");
            if (HistoryTrend.Of([.. _history.Entries, entry]) is { Count: > 0 } trends)
            {
                Console.WriteLine($"Nights: {NightlyHistory.WritePage(_policy.Name, _results, trends)}");
            }

            files.Write(night);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Not all of the night could be kept: {error.Message} Free space in {_results}, then run it again.");
            _end = _end == NightEnd.Completed ? NightEnd.StorageFailed : _end;
        }

        return CodeOf(_end, Result);
    }

    private static int CodeOf(NightEnd end, GateResult result) => end switch
    {
        NightEnd.Completed => result.IsBlocked ? ExitCode.ThresholdFailed : ExitCode.Passed,
        NightEnd.Voided when result is { IsBlocked: true, Outcome: GateOutcome.Regressed } => ExitCode.ThresholdFailed,
        NightEnd.BaselineNotBuilt or NightEnd.HeadNotBuilt => ExitCode.Other,
        NightEnd.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.Crashed,
    };
}

/// <summary>What became of a night.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="End">How it ended.</param>
/// <param name="Result">What the gate said.</param>
internal sealed record NightOutcome(int ExitCode, NightEnd End, GateResult Result);
