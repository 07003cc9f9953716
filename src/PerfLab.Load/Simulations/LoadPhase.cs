namespace PerfLab.Load.Simulations;

/// <summary>A part of a load that one call of a driver carries out. The set is closed.</summary>
public abstract record LoadPhase
{
    private LoadPhase()
    {
    }

    /// <summary>An open loop; segments and pauses between them are one schedule, so nothing is drained in between.</summary>
    /// <param name="Schedule">All its starts.</param>
    public sealed record Open(ArrivalSchedule Schedule) : LoadPhase;

    /// <summary>A closed loop.</summary>
    /// <param name="Load">Its users over time.</param>
    public sealed record Closed(ClosedLoad Load) : LoadPhase;

    /// <summary>Nothing.</summary>
    /// <param name="During">How long.</param>
    public sealed record Pause(TimeSpan During) : LoadPhase;
}

/// <summary>Makes phases of load simulations; adjacent ones of the same kind become one phase.</summary>
public static class LoadPhases
{
    /// <summary>Makes the phases.</summary>
    /// <param name="simulations">In order, at least one.</param>
    /// <param name="seed">Of random arrivals; equal seeds give equal schedules.</param>
    /// <exception cref="ArgumentException">A number is out of its range; the message names the simulation.</exception>
    public static IReadOnlyList<LoadPhase> Create(IReadOnlyList<LoadSimulation> simulations, ulong seed)
    {
        if (simulations.Count == 0)
        {
            throw new ArgumentException($"There are no load simulations. Use {string.Join(", ", LoadSimulationSyntax.Forms)}.", nameof(simulations));
        }

        CheckStarts(simulations);
        var builder = new LoadPhaseBuilder(seed);
        foreach (var simulation in simulations)
        {
            builder.Add(simulation);
        }

        return builder.Finish();
    }

    // All starts of a load are in memory, so they are counted before the first one is made.
    private static void CheckStarts(IReadOnlyList<LoadSimulation> simulations)
    {
        var (starts, rate) = (0.0, 0.0);
        foreach (var simulation in simulations)
        {
            LoadSimulationValidator.Validate(simulation);
            starts += Starts(simulation, rate);
            rate = RateAfter(simulation);
            if (LoadSimulationValidator.OfStarts(starts) is { } fault)
            {
                throw new ArgumentException($"{simulation} {fault}, with those before it (load simulations). Lower a rate, or make it shorter.", nameof(simulations));
            }
        }
    }

    private static double Starts(LoadSimulation simulation, double rateBefore) => simulation switch
    {
        LoadSimulation.Inject(var rate, var during) => rate * during.TotalSeconds,
        LoadSimulation.InjectRandom(var rate, var during) => rate * during.TotalSeconds,
        LoadSimulation.RampingInject(var rate, var during) => (rateBefore + rate) / 2 * during.TotalSeconds,
        LoadSimulation.IterationsForInject(_, var iterations) => iterations,
        _ => 0,
    };

    private static double RateAfter(LoadSimulation simulation) => simulation switch
    {
        LoadSimulation.Inject(var rate, _) => rate,
        LoadSimulation.InjectRandom(var rate, _) => rate,
        LoadSimulation.RampingInject(var rate, _) => rate,
        LoadSimulation.IterationsForInject(var rate, _) => rate,
        _ => 0,
    };
}

/// <summary>Collects segments of one kind until one of another kind ends their phase.</summary>
/// <param name="seed">Of random arrivals.</param>
internal sealed class LoadPhaseBuilder(ulong seed)
{
    private readonly RandomSequence _seeds = new(seed);
    private readonly List<LoadPhase> _phases = [];
    private readonly List<long> _offsets = [];
    private readonly List<UserRamp> _stretches = [];
    private TimeSpan _openTime;
    private double _rate;
    private int _users;

    public void Add(LoadSimulation simulation)
    {
        switch (simulation)
        {
            case LoadSimulation.Inject(var rate, var during):
                AddOpen(ArrivalTimes.Constant(rate, during.TotalSeconds), during, rate);
                break;
            case LoadSimulation.InjectRandom(var rate, var during):
                AddOpen(ArrivalTimes.Poisson(rate, during.TotalSeconds, _seeds.NextBits()), during, rate);
                break;
            case LoadSimulation.RampingInject(var rate, var during):
                AddOpen(ArrivalTimes.Ramp(_rate, rate, during.TotalSeconds), during, rate);
                break;
            case LoadSimulation.IterationsForInject(var rate, var iterations):
                AddOpen(ArrivalTimes.Constant(rate, iterations / rate), TimeSpan.FromSeconds(iterations / rate), rate);
                break;
            case LoadSimulation.KeepConstant(var copies, var during):
                AddClosed(copies, copies, during);
                break;
            case LoadSimulation.RampingConstant(var copies, var during):
                AddClosed(_users, copies, during);
                break;
            case LoadSimulation.IterationsForConstant(var copies, var iterations):
                EndOpen();
                EndClosed();
                _phases.Add(new LoadPhase.Closed(ClosedLoad.ForIterations(copies, iterations)));
                _users = copies;
                break;
            case LoadSimulation.Pause(var during):
                AddPause(during);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(simulation), simulation, "This load simulation is not known here.");
        }
    }

    public List<LoadPhase> Finish()
    {
        EndOpen();
        EndClosed();
        return _phases;
    }

    private void AddOpen(long[] offsets, TimeSpan during, double rateAtEnd)
    {
        EndClosed();
        var begin = MonotonicClock.ToNanoseconds(_openTime);
        _offsets.AddRange(offsets.Select(offset => begin + offset));
        _openTime += during;
        _rate = rateAtEnd;
    }

    private void AddClosed(int fromUsers, int toUsers, TimeSpan during)
    {
        EndOpen();
        _stretches.Add(new UserRamp(fromUsers, toUsers, during.TotalSeconds));
        _users = toUsers;
    }

    private void AddPause(TimeSpan during)
    {
        _rate = 0;
        if (_openTime > TimeSpan.Zero)
        {
            _openTime += during;
            return;
        }

        EndClosed();
        _phases.Add(new LoadPhase.Pause(during));
    }

    private void EndOpen()
    {
        if (_openTime > TimeSpan.Zero)
        {
            _phases.Add(new LoadPhase.Open(new ArrivalSchedule([.. _offsets], _openTime)));
        }

        _offsets.Clear();
        _openTime = TimeSpan.Zero;
        _rate = 0;
    }

    private void EndClosed()
    {
        if (_stretches.Count > 0)
        {
            _phases.Add(new LoadPhase.Closed(new ClosedLoad(_stretches, maxIterations: null)));
        }

        _stretches.Clear();
        _users = 0;
    }
}
