using PerfLab.Experiments.Plans;

namespace PerfLab.Runner.Runs;

/// <summary>What the pilot tells the plan.</summary>
/// <param name="Result">Capacities, for the rate.</param>
/// <param name="StartSeconds">Time to start all arms, for the number of launch sets that fit the budget.</param>
/// <param name="WarmUpSeconds">Time to warm up all arms by hard work; null where the rate was fixed and nothing was warmed up.</param>
internal sealed record PilotObservation(PilotResult Result, double StartSeconds, double? WarmUpSeconds);
