using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>Makes a scenario whose arms differ in the probe alone: the baseline without it, and the same with it.</summary>
public static class ProbeComparison
{
    /// <summary>The arm without the probe.</summary>
    public const string Without = "probe-off";

    /// <summary>The arm with it.</summary>
    public const string With = "probe-on";

    // The runtime loads what this names; an empty value names nothing. An arm's own variables lie over the lab's.
    private const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Makes it.</summary>
    /// <param name="scenario">The scenario whose baseline, target, load and design are taken.</param>
    /// <param name="runtime">The runtime profile.</param>
    /// <param name="budget">Wall-clock time for the run; as many launch sets are planned as fit.</param>
    public static Scenario Of(Scenario scenario, RuntimeProfile runtime, TimeSpan budget)
    {
        var baseline = scenario.Variants.Single(variant => variant.Name == scenario.Baseline);
        var without = new Dictionary<string, string>(baseline.Environment, StringComparer.Ordinal) { [StartupHooks] = string.Empty };
        return scenario with
        {
            Question = $"What does the probe itself cost {baseline.Name} of {scenario.Name}?",
            Baseline = Without,
            Variants =
            [
                baseline with { Name = Without, Meaning = $"{baseline.Name} without the probe, read from /proc", Environment = without },
                baseline with { Name = With, Meaning = $"{baseline.Name} with the probe, read through it" },
            ],
            Design = scenario.Design with { LaunchSets = Quantities.LaunchSets.Most, Precision = [], StopsWhenDecided = false, Runtime = runtime, Budget = budget },
            Thresholds = [],
        };
    }
}
