using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.Plans;

/// <summary>The texts of a plan that may hold secrets: as files show them, and as a run needs them.</summary>
public static class PlanTexts
{
    /// <summary>Shows a plan of a scenario as files do, without secrets and values of the caller's variables.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">The scenario as its file says.</param>
    public static Plan Hide(Plan plan, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return WithTextsOf(plan, ScenarioSecrets.Hide(scenario));
    }

    /// <summary>Gives a plan that was read from a file its texts back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">The scenario, resolved.</param>
    public static Plan WithTextsOf(Plan plan, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scenario);
        return plan with { Target = scenario.Target, Arms = PlanBuilder.Arms(scenario), Visibility = scenario.TraceRetention, Generator = scenario.Load.Generator };
    }
}
