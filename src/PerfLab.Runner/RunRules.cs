using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner;

/// <summary>What decides how many launch sets a run has.</summary>
/// <param name="LaunchSetFloor">Launch sets below which no verdict is possible; a short budget never plans fewer.</param>
/// <param name="Sizing">Fixes the number where the scenario states a precision; null where it gives the number.</param>
/// <param name="Stopping">Ends the run early when everything is decided; null where it always has its number.</param>
public sealed record RunRules(int LaunchSetFloor, ILaunchSetSizing? Sizing = null, IStoppingRule? Stopping = null);

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

/// <summary>Ends a run before its planned number of launch sets, at looks that are planned beforehand.</summary>
public interface IStoppingRule
{
    /// <summary>Plans the looks: ascending numbers of valid launch sets, the planned number last.</summary>
    IReadOnlyList<int> Looks(Plan plan);

    /// <summary>Looks at the launch sets that count so far.</summary>
    /// <returns>The arms that keep the run going; it ends when there is none.</returns>
    IReadOnlyList<string> UndecidedArms(Plan plan, IReadOnlyList<LaunchRecord> launches);
}

/// <summary>A run that ended before its plan and gets further launch sets.</summary>
/// <param name="Plan">Its plan, kept as it is.</param>
/// <param name="ValidLaunchSets">Launch sets that count already.</param>
/// <param name="VoidedLaunchSets">Launch sets that were voided.</param>
/// <param name="LastNumber">The highest number that a launch set has.</param>
/// <param name="DurationSeconds">Wall-clock time that it took so far; 0 where it was killed before it could say.</param>
/// <param name="ResumedAfter">Launch sets that counted at each earlier resumption.</param>
public sealed record ResumedRun(Plan Plan, int ValidLaunchSets, int VoidedLaunchSets, int LastNumber, double DurationSeconds, IReadOnlyList<int> ResumedAfter);
