using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Noise;

/// <summary>Pairs of arms that differ in nothing but their names.</summary>
internal static class IdenticalArms
{
    // A baseline with its control is one pair, which every run has; a run about noise has more.
    private const int Fewest = 4;

    /// <summary>Gets whether all arms of a plan are the same, and enough of them.</summary>
    internal static bool IsAaTest(Plan plan) =>
        plan.Arms.Count >= Fewest && plan.Arms.All(arm => IsSame(arm.Environment, plan.Arms[0].Environment) && IsSame(arm.Program, plan.Arms[0].Program));

    /// <summary>
    /// Takes the arms two by two in plan order; one that is left over has no partner. No arm stands in two pairs. If the arms are
    /// exchangeable within a launch set, then given the sizes of all differences every sign is an independent fair coin, also
    /// between pairs: the outcomes of two pairs are independent, exactly. Of all pairs that could be made this holds for none
    /// that share an arm.
    /// </summary>
    internal static IEnumerable<(PlannedArm First, PlannedArm Second)> Pairs(Plan plan) =>
        plan.Arms.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));

    private static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(variable => other.TryGetValue(variable.Key, out var value) && value == variable.Value);

    private static bool IsSame(ArmProgram? one, ArmProgram? other) =>
        one?.Directory == other?.Directory && (one?.Command, other?.Command) switch
        {
            (null, null) => true,
            ({ } first, { } second) => first.SequenceEqual(second, StringComparer.Ordinal),
            _ => false,
        };
}
