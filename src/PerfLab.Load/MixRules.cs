using System.Text;
using PerfLab.Load.Http;

namespace PerfLab.Load;

/// <summary>What scenarios and checks of a mix must fulfil.</summary>
internal static class MixRules
{
    /// <exception cref="ArgumentException">A rule is broken; the message names the scenario.</exception>
    public static void Check(IReadOnlyList<LoadScenario> scenarios, IReadOnlyDictionary<string, ResponseCheck> checks)
    {
        if (scenarios.Count is 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{scenarios.Count} scenarios cannot be mixed (load). Give 1 to 65,535.", nameof(scenarios));
        }

        foreach (var scenario in scenarios)
        {
            if (!double.IsFinite(scenario.Weight) || scenario.Weight <= 0)
            {
                throw new ArgumentException($"Weight {scenario.Weight} is not positive (scenario '{scenario.Name}'). Use a number above 0.", nameof(scenarios));
            }

            if (scenario.Steps.Count == 0)
            {
                throw new ArgumentException($"There is no step (scenario '{scenario.Name}'). Give at least one request.", nameof(scenarios));
            }
        }

        string[] names = [.. scenarios.SelectMany(scenario => scenario.Steps).Select(step => step.Name).Distinct(StringComparer.Ordinal)];
        if (checks.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } stray)
        {
            throw new ArgumentException($"A check is of request '{stray}', which the load does not have. Name one of {string.Join(", ", names)}.", nameof(checks));
        }
    }

    public static IReadOnlyDictionary<string, BodyRules> Prepare(IReadOnlyDictionary<string, ResponseCheck> checks) => checks.ToDictionary(
        check => check.Key,
        check => new BodyRules(
            Encoding.UTF8.GetBytes(check.Value.BodyContains ?? string.Empty),
            check.Value.MinBodyBytes ?? 0,
            check.Value.MaxBodyBytes ?? long.MaxValue),
        StringComparer.Ordinal);
}
