using PerfLab.Load.Simulations;

namespace PerfLab.Load.LoadTests;

/// <summary>What a warm-up does: the first load of the simulations, steadily.</summary>
internal static class WarmUpLoad
{
    /// <summary>Gets the load of a warm-up, or null when the simulations hold none.</summary>
    public static LoadSimulation? Of(IReadOnlyList<LoadSimulation> simulations, TimeSpan during) => simulations
        .Select(LoadSimulation? (simulation) => simulation switch
        {
            LoadSimulation.Inject(var rate, _) => Open(rate),
            LoadSimulation.InjectRandom(var rate, _) => Open(rate),
            LoadSimulation.RampingInject(var rate, _) => Open(rate),
            LoadSimulation.IterationsForInject(var rate, _) => Open(rate),
            LoadSimulation.KeepConstant(var copies, _) => Closed(copies),
            LoadSimulation.RampingConstant(var copies, _) => Closed(copies),
            LoadSimulation.IterationsForConstant(var copies, _) => Closed(copies),
            _ => null,
        })
        .FirstOrDefault(simulation => simulation is not null) switch
        {
            LoadSimulation.Inject open => open with { During = during },
            LoadSimulation.KeepConstant closed => closed with { During = during },
            _ => null,
        };

    private static LoadSimulation.Inject? Open(double rate) => rate > 0 ? new LoadSimulation.Inject(rate, TimeSpan.Zero) : null;

    private static LoadSimulation.KeepConstant? Closed(int copies) => copies > 0 ? new LoadSimulation.KeepConstant(copies, TimeSpan.Zero) : null;
}
