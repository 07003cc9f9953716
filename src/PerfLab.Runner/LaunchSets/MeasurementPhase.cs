using System.Diagnostics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Load.Simulations;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// The measured part of a launch set: rounds of slices, every arm once a round in fresh order, a reading before each slice,
/// and one idle round at the end so that the last slice is charged its background work like all others. A round that the
/// machine spoiled is voided for all arms and measured once more; one that it disturbed counts without its response times.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="launchSet">Number of the launch set, from 1.</param>
/// <param name="arms">The arms, warmed up.</param>
/// <param name="troubles">Those of the arms' back ends.</param>
/// <param name="levelNumber">Number of the plan's load level, from 1; 0 measures at the plan's rate, and the one behind the last in its closed loop.</param>
internal sealed class MeasurementPhase(Plan plan, int launchSet, IReadOnlyList<RunningArm> arms, FaultSchedule troubles, int levelNumber = 0)
{
    private const double MostDisturbedShare = 0.75;

    // Of fewer, the percentile is the longest.
    private const double AnswersOfP99 = 100;

    // Until the last answer it lasts longer.
    private static readonly TimeSpan s_opening = TimeSpan.FromMilliseconds(100);

    private readonly ClosedLoopLevel? _closedLoop = levelNumber > plan.Levels.Count ? plan.ClosedLoop : null;
    private readonly LoadLevel? _level = levelNumber > 0 && levelNumber <= plan.Levels.Count ? plan.Levels[levelNumber - 1] : null;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<VoidedRound> _voided = [];
    private GeneratorFailed? _toolFailure;
    private readonly LatencyRecorder[] _roundLatency = [.. arms.Select(_ => new LatencyRecorder())];
    private double _countedSeconds;
    private double _countedCpuSeconds;
    private int _disturbedRounds;
    private double _lastRoundSeconds;
    private readonly StrainReader _strain = new([.. arms.SelectMany(arm => arm.Processes).SelectMany(process => process.ServingProcessIds)]);
    private StrainCounters _countedStrain = StrainCounters.Zero;

    /// <summary>Gets the load tool in the place of the arms' drivers; null where PerfLab's own engine makes the load.</summary>
    public GeneratorLoad? Generator { get; init; }

    /// <summary>Gets the rounds that do not count.</summary>
    public IReadOnlyList<VoidedRound> VoidedRounds => _voided;

    // A round takes a fraction of a second, starting and warming all arms up most of a minute: repeating rounds is the cheap way
    // through a neighbour's busy time. A machine that spoils more than every second round is not one to measure on.
    private int MostRounds => Rounds + Math.Max(5, Rounds);

    // Beyond these, further ones are measured again: a percentile is compared only where every launch set has answers enough for it.
    private int MostDisturbed
    {
        get
        {
            var answersOfRound = (_level?.RatePerSecond ?? plan.RatePerSecond) * SliceSeconds;
            var needed = answersOfRound * Rounds < AnswersOfP99 ? 0 : Math.Ceiling(AnswersOfP99 / answersOfRound);
            return (int)Math.Min(MostDisturbedShare * Rounds, Rounds - needed);
        }
    }

    private int Rounds => _closedLoop?.Rounds ?? _level?.Rounds ?? plan.Rounds;

    private double SliceSeconds => _closedLoop?.SliceSeconds ?? plan.SliceSeconds;

    /// <summary>Measures all arms; fills their slices, latencies and closing readings.</summary>
    /// <param name="sliceDone">Is told of each slice, with the number of the round that it wants to be, from 1.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <returns>What the lab itself used.</returns>
    public PerfLabUsage Run(Action<RunningArm, LoadResult, int> sliceDone, CancellationToken cancellationToken)
    {
        OpenConnections(cancellationToken);
        _clock.Restart();
        foreach (var arm in arms)
        {
            arm.Requests?.Round.Reset();
            if (levelNumber > 0)
            {
                arm.Levels.Add(new MeasuredWindow());
            }
        }

        LogVolume[] printed = [.. arms.Select(arm => arm.ReadLog())];
        var counted = 0;
        for (var round = 0; counted < Rounds && round < MostRounds; round++)
        {
            troubles.BeforeRound(counted);
            if (RunRound(round, (arm, result) => sliceDone(arm, result, counted + 1), cancellationToken))
            {
                counted++;
            }
        }

        CloseWithIdleRound(cancellationToken);
        foreach (var (arm, before) in arms.Zip(printed))
        {
            var after = arm.ReadLog();
            arm.Window.Log = new LogVolume(after.Bytes - before.Bytes, after.Lines - before.Lines, after.RequestCount - before.RequestCount);
        }

        troubles.End();
        return new PerfLabUsage(_countedSeconds, _countedCpuSeconds, plan.Placement?.LabCores.Count ?? Environment.ProcessorCount, _countedStrain.StealSeconds)
        {
            Strain = _countedSeconds > 0 ? _countedStrain.Over(_countedSeconds) : null,
        };
    }

    // A busy service takes new connections slowly: in the first slice some requests would wait for that, and not for others.
    private void OpenConnections(CancellationToken cancellationToken)
    {
        foreach (var arm in _closedLoop is null ? [] : arms)
        {
            arm.Count(arm.Driver.RunClosed(_closedLoop!.Connections, s_opening, new LatencyRecorder(), cancellationToken));
        }
    }

    private bool RunRound(int round, Action<RunningArm, LoadResult> sliceDone, CancellationToken cancellationToken)
    {
        var begin = _clock.Elapsed.TotalSeconds;
        var cpu = ReadCpuSeconds();
        var strain = _strain.Read();
        var schedule = _closedLoop is null ? ScheduleOf(round) : null;
        var order = RoundOrder.For(plan.Seed, launchSet, round, arms.Count);
        for (var position = 0; position < order.Count; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var arm = arms[order[position]];
            arm.EnsureAlive();
            sliceDone(arm, RunSlice(arm, schedule, _roundLatency[order[position]], round, position, cancellationToken));
        }

        var seconds = _clock.Elapsed.TotalSeconds - begin;
        _lastRoundSeconds = seconds;
        cpu = ReadCpuSeconds() - cpu;
        return Count(round, seconds, cpu, _strain.Read() - strain);
    }

    private bool Count(int round, double seconds, double cpuSeconds, StrainCounters strain)
    {
        var together = new LatencyRecorder();
        foreach (var latency in _roundLatency)
        {
            together.Add(latency);
        }

        var isDisturbed = RoundValidity.IsDisturbed(seconds, strain.StealSeconds);
        var voided = _toolFailure is { } failure ? new VoidedRound(round, "generator-failed") { Cause = failure }
            : RoundValidity.Find(round, together.StartLateness, together.ResponseTime, seconds, strain.StealSeconds)
            ?? (isDisturbed && _disturbedRounds >= MostDisturbed ? RoundValidity.Stolen(round, strain.StealSeconds!.Value / seconds) : null);
        _toolFailure = null;
        var counts = voided is null;
        if (voided is null)
        {
            _countedSeconds += seconds;
            _countedCpuSeconds += cpuSeconds;
            _countedStrain += strain;
            _disturbedRounds += isDisturbed ? 1 : 0;
        }
        else
        {
            _voided.Add(voided with { Strain = strain.Over(seconds) });
        }

        for (var index = 0; index < arms.Count; index++)
        {
            var slices = arms[index].Window.Slices;
            if (!counts)
            {
                slices[^1] = slices[^1] with { IsVoided = true };
            }
            else if (isDisturbed)
            {
                slices[^1] = slices[^1] with { IsDisturbed = true };
                troubles.Add(arms[index], latency: null);
            }
            else
            {
                arms[index].Window.Latency.Add(_roundLatency[index]);
                if (levelNumber == 0)
                {
                    arms[index].Requests?.CountRound();
                }

                troubles.Add(arms[index], _roundLatency[index]);
            }

            _roundLatency[index].Reset();
            arms[index].Requests?.Round.Reset();
        }

        return counts;
    }

    private double ReadCpuSeconds() => GeneratorCpu.ReadSeconds() + (Generator is null ? 0 : GeneratorCpu.ReadEndedChildrenSeconds());

    private ArrivalSchedule ScheduleOf(int round)
    {
        var duration = TimeSpan.FromSeconds(plan.SliceSeconds);
        var ratePerSecond = _level?.RatePerSecond ?? plan.RatePerSecond;
        return plan.Arrivals == ArrivalProcess.Poisson
            ? ArrivalSchedule.Poisson(ratePerSecond, duration, levelNumber == 0
                ? SubSeed.Derive(plan.Seed, SeedPurpose.Arrivals, launchSet, round)
                : SubSeed.Derive(plan.Seed, SeedPurpose.LevelArrivals, launchSet, levelNumber, round))
            : ArrivalSchedule.ConstantPart(ratePerSecond, duration, round);
    }

    private LoadResult RunSlice(
        RunningArm arm,
        ArrivalSchedule? schedule,
        LatencyRecorder latency,
        int round,
        int position,
        CancellationToken cancellationToken)
    {
        // The first reading opens what the arm is charged, so it is the exact kind; those between only divide it.
        var before = round == 0 ? arm.ReadFull().Reading : arm.Read();
        if (round == 0)
        {
            arm.Window.Programs = arm.ReadPrograms();
        }

        var start = _clock.Elapsed.TotalSeconds;
        var tool = schedule is null ? null : Generator?.Run(arm, latency, cancellationToken);
        _toolFailure ??= tool?.Failure;
        var result = tool?.Result ?? (schedule is not null
            ? arm.Driver.RunOpen(schedule, latency, cancellationToken)
            : arm.Driver.RunClosed(_closedLoop!.Connections, TimeSpan.FromSeconds(SliceSeconds), latency, cancellationToken));
        arm.Count(result);
        arm.Window.Slices.Add(new SliceRecord
        {
            Round = round,
            Position = position,
            StartSeconds = start,
            ScheduledSeconds = result.ScheduledSeconds,
            ElapsedSeconds = result.ElapsedSeconds,
            OfferedCount = result.Counts.Offered,
            StartedCount = result.Counts.Started,
            AnsweredCount = result.Counts.Answered,
            DroppedCount = result.Counts.Dropped,
            Errors = result.Errors,
            Generator = tool?.Window,
            Before = before,
        });
        return result;
    }

    private void CloseWithIdleRound(CancellationToken cancellationToken)
    {
        foreach (var arm in arms.OrderBy(arm => arm.Window.Slices[^1].Position))
        {
            var due = arm.Window.Slices[^1].StartSeconds + Math.Max(SliceSeconds * arms.Count, _lastRoundSeconds);
            var wait = TimeSpan.FromSeconds(Math.Max(0, due - _clock.Elapsed.TotalSeconds));
            cancellationToken.WaitHandle.WaitOne(wait);
            cancellationToken.ThrowIfCancellationRequested();
            arm.EnsureAlive();
            arm.Window.Closing = arm.ReadFull();
            arm.Window.Programs = Since(arm.Window.Programs, arm.ReadPrograms());
        }
    }

    private static ProgramCpu[] Since(IReadOnlyList<ProgramCpu> opening, IReadOnlyList<ProgramCpu> closing)
    {
        var used = opening.ToDictionary(program => program.Program, program => program.CpuSeconds, StringComparer.Ordinal);
        return [.. closing.Select(program => program with { CpuSeconds = Math.Max(0, program.CpuSeconds - used.GetValueOrDefault(program.Program)) })];
    }
}
