using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Calibration;

/// <summary>Chooses from a scenario the variants that carry known costs of some kinds.</summary>
public static class CalibrationScenario
{
    /// <summary>Gets the words for the kinds of cost, as a person types them.</summary>
    public static IReadOnlyDictionary<string, KnownCostKind> Kinds { get; } = new OrderedDictionary<string, KnownCostKind>(StringComparer.Ordinal)
    {
        ["cpu"] = KnownCostKind.Cpu,
        ["bytes"] = KnownCostKind.Bytes,
        ["delay"] = KnownCostKind.Delay,
        ["cpu-bursts"] = KnownCostKind.CpuBursts,
        ["byte-bursts"] = KnownCostKind.ByteBursts,
    };

    /// <summary>Leaves the baseline and the variants with costs of these kinds.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="kinds">The kinds wanted; empty for all.</param>
    /// <param name="budget">Wall-clock time for the run; as many launch sets are planned as fit.</param>
    /// <returns>The scenario, or null when no variant is left.</returns>
    public static Scenario? Of(Scenario scenario, IReadOnlyCollection<KnownCostKind> kinds, TimeSpan budget)
    {
        Variant[] variants = [.. scenario.Variants.Where(variant => variant.Name == scenario.Baseline || IsWanted(variant, kinds))];
        return variants.Length < 2 ? null : scenario with { Variants = variants, Design = scenario.Design with { Budget = budget, StopsWhenDecided = false } };
    }

    private static bool IsWanted(Variant variant, IReadOnlyCollection<KnownCostKind> kinds) =>
        KnownCost.Of(variant.Environment) is { } handicap && (kinds.Count == 0 || kinds.Contains(handicap.Kind));
}
