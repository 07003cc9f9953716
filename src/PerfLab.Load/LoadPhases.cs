using PerfLab.Load.Simulations;

namespace PerfLab.Load;

/// <summary>Makes phases of load simulations; neighbours of the same kind become one phase.</summary>
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
            throw new ArgumentException($"There are no load simulations. Use {string.Join(", ", LoadSimulationText.Forms)}.", nameof(simulations));
        }

        var builder = new LoadPhaseBuilder(seed);
        foreach (var simulation in simulations)
        {
            SimulationRules.Check(simulation);
            builder.Add(simulation);
        }

        return builder.Finish();
    }
}
