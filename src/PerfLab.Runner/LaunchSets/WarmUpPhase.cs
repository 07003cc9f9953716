using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// Brings all arms to the state in which they are measured, in two parts. First hard work on all processors, until hardly
/// anything is compiled any more or, where that is not counted, until the cost has settled; then the planned load at the planned place.
/// </summary>
internal sealed class WarmUpPhase(Plan plan, IReadOnlyList<RunningArm> arms)
{
    // Enough to keep a target busy with something to wait for, few enough that none grows more threads than its load needs.
    private const int Connections = 2;
    private static readonly TimeSpan WorkWindow = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SettlingWindow = TimeSpan.FromMilliseconds(150);

    // Enough to find back to the place; whether the arms are ready was seen before.
    private const int SettlingWindows = 3;

    private readonly Dictionary<RunningArm, List<long>> _compiled = arms.ToDictionary(arm => arm, _ => new List<long>());
    private readonly Dictionary<RunningArm, List<double>> _costs = arms.ToDictionary(arm => arm, _ => new List<double>());
    private readonly Dictionary<RunningArm, long> _requests = arms.ToDictionary(arm => arm, _ => 0L);
    private readonly LatencyRecorder _unused = new();
    private TimeSpan _load;
    private int _visits;

    /// <summary>Gets the load on each arm in the second part.</summary>
    public static TimeSpan SettlingTime => SettlingWindow * SettlingWindows;

    // Arms of which neither methods nor CPU time are counted have nothing that could be waited for.
    private bool AreReady => arms.All(arm => CompilationCheck.IsDone(_compiled[arm]) != false)
        && SteadyStateCheck.HaveSettled([.. arms.Where(arm => _compiled[arm].Count == 0 && _costs[arm].Count > 0).Select(arm => _costs[arm])]);

    /// <summary>Warms up all arms; fills <see cref="RunningArm.WarmUp"/>.</summary>
    /// <param name="launchSet">Number of the launch set, for the arrivals of the second part.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public void Run(int launchSet, CancellationToken cancellationToken)
    {
        RunClosedLoop(launchSet, cancellationToken);
        Settle(launchSet, cancellationToken);
        foreach (var arm in arms)
        {
            arm.WarmUp = new WarmUpRecord(_load.TotalSeconds, _requests[arm], HasSettled(arm), _costs[arm])
            {
                CompiledMethodCounts = _compiled[arm],
            };
        }
    }

    /// <summary>The first part alone: work in a closed loop until the arms are ready, the least warm-up is over, or the limit is reached.</summary>
    /// <param name="launchSet">Number of the launch set, for the order of the arms.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    public void RunClosedLoop(int launchSet, CancellationToken cancellationToken)
    {
        MoveAll(plan.Placement is { } wide ? [.. wide.TargetCores, .. wide.LabCores] : null);
        foreach (var arm in arms)
        {
            NoteCompiled(arm, arm.Read());
        }

        var least = Max(WorkWindow, TimeSpan.FromSeconds(plan.WarmUpSeconds) - SettlingTime);
        var limit = Max(least, TimeSpan.FromSeconds(plan.WarmUpLimitSeconds) - SettlingTime);
        while (_load < least || (_load < limit && !AreReady))
        {
            foreach (var arm in InFreshOrder(launchSet))
            {
                Work(arm, cancellationToken);
            }

            _load += WorkWindow;
        }

        MoveAll(plan.Placement?.TargetCores);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Settle(int launchSet, CancellationToken cancellationToken)
    {
        for (var window = 0; window < SettlingWindows; window++)
        {
            var schedule = ArrivalSchedule.Poisson(plan.RatePerSecond, SettlingWindow, SubSeed.Derive(plan.Seed, SeedPurpose.WarmUp, launchSet, window));
            foreach (var arm in InFreshOrder(launchSet))
            {
                Visit(arm, driver => driver.RunOpen(schedule, _unused, cancellationToken), cancellationToken);
            }

            _load += SettlingWindow;
        }
    }

    private void Work(RunningArm arm, CancellationToken cancellationToken)
    {
        var before = arm.Read();
        var answered = Visit(arm, driver => driver.RunClosed(Connections, WorkWindow, _unused, cancellationToken), cancellationToken);
        var after = arm.Read();
        NoteCompiled(arm, after);
        if (before.SteadyCpuSeconds is { } start && after.SteadyCpuSeconds is { } end && answered > 0)
        {
            _costs[arm].Add((end - start) / answered);
        }
    }

    // In a fixed order the same arm would always follow the one that leaves most work behind.
    private IEnumerable<RunningArm> InFreshOrder(int launchSet) =>
        RoundOrder.For(SubSeed.Derive(plan.Seed, SeedPurpose.WarmUp), launchSet, _visits++, arms.Count).Select(index => arms[index]);

    private long Visit(RunningArm arm, Func<IRequestDriver, LoadResult> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        arm.EnsureAlive();
        var result = load(arm.Driver);
        arm.Count(result);
        _requests[arm] += result.Counts.Answered;
        return result.Counts.Answered;
    }

    private void NoteCompiled(RunningArm arm, Reading reading)
    {
        if (reading.CompiledMethodCount is { } count)
        {
            _compiled[arm].Add(count);
        }
    }

    private bool? HasSettled(RunningArm arm) =>
        CompilationCheck.IsDone(_compiled[arm]) ?? SteadyStateCheck.HasSettled(_costs[arm]);

    private void MoveAll(IReadOnlyList<int>? cores)
    {
        if (cores is null)
        {
            return;
        }

        foreach (var arm in arms)
        {
            arm.MoveTo(cores);
        }
    }
}
