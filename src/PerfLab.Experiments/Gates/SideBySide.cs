using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Gates;

/// <summary>Two arms that differ in the build alone.</summary>
/// <param name="Arm">The arm of the policy whose environment both have.</param>
/// <param name="Baseline">The arm's name in the run, started from the baseline's build.</param>
/// <param name="Head">The arm's name in the run, started from the head's build.</param>
public sealed record GatePair(string Arm, string Baseline, string Head);

/// <summary>Makes a scenario in which each arm of a policy runs twice in every launch set: from the baseline's build and from the head's.</summary>
public static class SideBySide
{
    /// <summary>Names the pairs.</summary>
    /// <param name="arms">Arms of a policy.</param>
    public static IReadOnlyList<GatePair> Pairs(IReadOnlyList<string> arms) => [.. arms.Select(arm => new GatePair(arm, $"{arm}.base", $"{arm}.head"))];

    /// <summary>
    /// Makes the scenario. The first pair's baseline is the baseline of the run, so that its control is the A/A pair of the night.
    /// The run takes all its time: every pair is a question of its own, and the comparisons with the run's one baseline, by which
    /// a run ends early, are not what is asked.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="arms">Those of its arms that are measured; at least one.</param>
    /// <param name="baseline">What the baseline's build starts; null for what the scenario starts.</param>
    /// <param name="head">What the head's build starts; null likewise.</param>
    /// <param name="budget">Wall-clock time for the run; as many launch sets are planned as fit, up to those of the scenario.</param>
    public static Scenario Of(GatePolicy policy, IReadOnlyList<string> arms, ArmProgram? baseline, ArmProgram? head, TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfZero(arms.Count, nameof(arms));
        var pairs = Pairs(arms);
        return policy.Scenario with
        {
            Name = policy.Name,
            Question = $"Does the head cost more than the baseline in {string.Join(", ", arms)}?",
            Baseline = pairs[0].Baseline,
            Variants = [.. pairs.SelectMany(pair => Arms(policy.Scenario, pair, baseline, head))],
            Design = policy.Scenario.Design with { Precision = [], StopsWhenDecided = false, Budget = budget },
            PracticalThresholds = policy.Metrics.ToDictionary(metric => metric.Metric, metric => metric.Threshold),
            Thresholds = [],
            Decision = null,
            TraceRetention = null,
        };
    }

    /// <summary>Lets the heads of all pairs have further environment variables, for example of a cost that is planted to see whether it is found.</summary>
    public static Scenario WithPlanted(Scenario scenario, IReadOnlyDictionary<string, string> variables) => scenario with
    {
        Variants =
        [
            .. scenario.Variants.Select(variant => !variant.Name.EndsWith(".head", StringComparison.Ordinal) ? variant : variant with
            {
                Environment = new Dictionary<string, string>([.. variant.Environment.Where(pair => !variables.ContainsKey(pair.Key)), .. variables], StringComparer.Ordinal),
            }),
        ],
    };

    private static IEnumerable<Variant> Arms(Scenario scenario, GatePair pair, ArmProgram? baseline, ArmProgram? head)
    {
        var variant = scenario.Variants.Single(candidate => candidate.Name == pair.Arm);
        yield return variant with { Name = pair.Baseline, Meaning = $"{pair.Arm} of the baseline", Program = baseline ?? variant.Program };
        yield return variant with { Name = pair.Head, Meaning = $"{pair.Arm} of the head", Program = head ?? variant.Program };
    }
}
