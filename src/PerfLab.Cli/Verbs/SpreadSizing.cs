using PerfLab.Analysis.Sizing;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Runs;

namespace PerfLab.Cli.Verbs;

/// <summary>Lets the analysis fix the number of launch sets of a run.</summary>
internal sealed class SpreadSizing : ILaunchSetSizing
{
    private readonly LaunchSetSizing _sizing;

    private SpreadSizing(LaunchSetSizing sizing) => _sizing = sizing;

    /// <inheritdoc/>
    public int PilotLaunchSets => _sizing.PilotLaunchSets;

    /// <summary>Makes it for a scenario with a precision; null for one without.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="profile">The noise profile at hand; one of another machine is not used.</param>
    /// <param name="floor">Launch sets below which no verdict is possible.</param>
    public static SpreadSizing? For(Scenario scenario, NoiseProfile? profile, int floor)
    {
        var isOfThisMachine = profile is not null && profile.Machine.DifferencesFrom(MachineInspector.Read()).Count == 0;
        return scenario.Design.Precision.Count == 0
            ? null
            : new SpreadSizing(new LaunchSetSizing(scenario.Design.Precision, isOfThisMachine ? profile : null, floor));
    }

    /// <inheritdoc/>
    public Plan Choose(Plan plan, IReadOnlyList<LaunchRecord> launches, int affordable) => _sizing.Choose(plan, launches, affordable);
}
