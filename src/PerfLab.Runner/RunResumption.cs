using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;
using PerfLab.Runner.Machines;

namespace PerfLab.Runner;

/// <summary>Opens a run that ended before its plan, so that it can get the launch sets that it lacks.</summary>
public static class RunResumption
{
    /// <summary>Checks that the run can go on as it was begun, and reads how far it came.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="scenario">The scenario as its file says today.</param>
    /// <param name="commit">Commit of the checkout; null outside one.</param>
    /// <exception cref="InvalidDataException">
    /// The run is complete, still running, of another scenario, machine or version of PerfLab, or its files are not readable; the
    /// message says which and what to do.
    /// </exception>
    public static ResumedRun Open(RunFolder folder, Scenario scenario, string? commit)
    {
        if (!File.Exists(folder.PlanFile))
        {
            throw new InvalidDataException($"{folder.Path}: the run ended before it had a plan, so there is nothing to resume. Run the scenario again.");
        }

        return RunChecksums.Check(folder) ? Read(folder, scenario, commit) : RunConsistency.Read(folder, () => Read(folder, scenario, commit));
    }

    private static ResumedRun Read(RunFolder folder, Scenario scenario, string? commit)
    {
        var (manifest, plan, outcome) = (folder.ReadManifest(), folder.ReadPlan(), folder.ReadOutcome());
        var (launches, voided) = (folder.ReadLaunches(), folder.ReadVoidedLaunches());
        if (outcome is { Completed: true } || launches.Count >= plan.LaunchSets)
        {
            throw new InvalidDataException($"{folder.Path}: the run is complete with {launches.Count} launch sets. For more of them raise design.launch_sets and run the scenario again: adding some because of what they showed would bias the result.");
        }

        if (manifest.Commit != commit)
        {
            throw new InvalidDataException($"{folder.Path}: the run was begun by PerfLab {manifest.Commit ?? "outside a checkout"}, and this is {commit ?? "outside a checkout"}. Check out that commit, or run the scenario again.");
        }

        if (manifest.Machine.DifferencesFrom(MachineInspector.Read()) is { Count: > 0 } differences)
        {
            throw new InvalidDataException($"{folder.Path}: the run was begun on another machine ({string.Join("; ", differences)}). Resume it there, or run the scenario again.");
        }

        if (plan.Arms.FirstOrDefault(arm => arm.Program?.Built is { } built && scenario.Variants.All(variant => variant.Program?.Built != built)) is { } other)
        {
            throw new InvalidDataException($"{folder.Path}: arm {other.Name} was built anew since, so that what it started is no longer there. Run the scenario again.");
        }

        if (!IsPlanOf(plan, scenario))
        {
            throw new InvalidDataException($"{folder.Path}: its plan.json is not what scenario {scenario.Name} says today. Restore the scenario file as it was, or run the scenario again.");
        }

        return new ResumedRun(
            PlanTexts.WithTextsOf(plan, ScenarioSecrets.Resolve(scenario, Environment.GetEnvironmentVariable)),
            launches.Count,
            voided.Count,
            launches.Concat(voided).Select(launch => launch.Number).DefaultIfEmpty().Max(),
            outcome?.DurationSeconds ?? 0,
            outcome?.ResumedAfterLaunchSets ?? []);
    }

    // What follows from the pilot and the budget is kept; all else must be what the file says.
    private static bool IsPlanOf(Plan plan, Scenario scenario)
    {
        if (plan.Scenario != scenario.Name || (scenario.Load.RatePerSecond is null) != (plan.Pilot is not null))
        {
            return false;
        }

        try
        {
            var today = PlanBuilder.Build(ScenarioSecrets.Hide(scenario), plan.Pilot, plan.Placement, plan.LaunchSets, Math.Min(plan.Rounds, scenario.Design.Rounds));
            return ResultsJson.Serialize(Comparable(today)) == ResultsJson.Serialize(Comparable(plan));
        }
        catch (ArgumentException)
        {
            return false;
        }

        static Plan Comparable(Plan plan) => plan with { Looks = [], AffordableLaunchSets = null, Sizing = null, BudgetSeconds = 0, Question = string.Empty };
    }
}
