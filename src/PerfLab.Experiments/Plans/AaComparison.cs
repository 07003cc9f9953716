using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Plans;

/// <summary>Makes a scenario in which nothing differs: the baseline again and again, under other names.</summary>
public static class AaComparison
{
    /// <summary>Makes it.</summary>
    /// <param name="scenario">The scenario whose baseline, target, load and design are taken.</param>
    /// <param name="arms">Number of arms, baseline and control among them; at least 2.</param>
    /// <param name="budget">Wall-clock time for the run; as many launch sets are planned as fit.</param>
    /// <param name="runtime">The runtime profile; null for the scenario's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two arms.</exception>
    public static Scenario Of(Scenario scenario, int arms, TimeSpan budget, RuntimeProfile? runtime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        var baseline = scenario.Variants.Single(variant => variant.Name == scenario.Baseline);
        return scenario with
        {
            Question = $"How far do {arms} identical arms of {scenario.Name} differ on this machine?",
            Variants = [baseline, .. Enumerable.Range(3, arms - 2).Select(number => Twin(baseline, number))],
            Design = scenario.Design with { LaunchSets = Quantities.LaunchSets.Most, Precision = [], StopsWhenDecided = false, Budget = budget, Runtime = runtime ?? scenario.Design.Runtime },
            Thresholds = [],
            TraceRetention = null,
        };
    }

    // The baseline is the first, its control the second.
    private static Variant Twin(Variant baseline, int number) =>
        baseline with { Name = FormattableString.Invariant($"{baseline.Name}-{number}"), Meaning = $"{baseline.Name} once more, nothing changed" };
}
