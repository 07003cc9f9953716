using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Runs;

/// <summary>Fixes the number of launch sets from how far they spread, where a scenario states a precision.</summary>
public interface ILaunchSetSizing
{
    /// <summary>Gets how many launch sets must be there before the number can be fixed; 0 when the spread is known beforehand.</summary>
    int PilotLaunchSets { get; }

    /// <summary>Fixes the number.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="launches">The launch sets that are there and count.</param>
    /// <param name="affordable">Launch sets that fit the budget, those among them.</param>
    /// <returns>The plan with its number of launch sets and the reason for it.</returns>
    Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable);
}
