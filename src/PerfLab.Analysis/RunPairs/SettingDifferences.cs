using System.Globalization;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.RunPairs;

/// <summary>Finds in which settings two runs differ that change what is measured.</summary>
internal static class SettingDifferences
{
    internal static IReadOnlyList<string> Of(RunSide first, RunSide second)
    {
        var (one, other) = (first.Plan, second.Plan);
        return
        [
            .. Compare("scenario", one.Scenario, other.Scenario),
            .. Compare("load in requests/s", Number(one.RatePerSecond), Number(other.RatePerSecond)),
            .. Compare("arrivals", one.Arrivals.ToString(), other.Arrivals.ToString()),
            .. Compare("runtime", RuntimeKnobs.NameOf(one.Runtime), RuntimeKnobs.NameOf(other.Runtime)),
            .. Compare("slice in seconds", Number(one.SliceSeconds), Number(other.SliceSeconds)),
            .. Compare("rounds", Number(one.Rounds), Number(other.Rounds)),
            .. Compare("arms alive side by side", Number(one.Arms.Count), Number(other.Arms.Count)),
            .. Compare("baseline", Baseline(one), Baseline(other)),
            .. Compare("target and requests", LabJson.Serialize(one.Target), LabJson.Serialize(other.Target), isLong: true),
            .. one.Arms.Join(other.Arms, arm => arm.Name, arm => arm.Name, Environment).SelectMany(difference => difference),
            .. Compare("PerfLab", first.Manifest.Commit ?? first.Manifest.ToolVersion, second.Manifest.Commit ?? second.Manifest.ToolVersion),
        ];
    }

    private static IEnumerable<string> Environment(PlannedArm one, PlannedArm other) => Compare(
        $"environment of {one.Name}",
        LabJson.Serialize(new SortedDictionary<string, string>(one.Environment.ToDictionary(), StringComparer.Ordinal)),
        LabJson.Serialize(new SortedDictionary<string, string>(other.Environment.ToDictionary(), StringComparer.Ordinal)),
        isLong: true);

    private static IEnumerable<string> Compare(string name, string one, string other, bool isLong = false) =>
        one == other ? []
        : isLong ? [$"{name}: not the same, see plan.json of both."]
        : [$"{name}: {one} and {other}."];

    private static string Baseline(Plan plan) => plan.Arms.First(arm => arm.Role == ArmRole.Baseline).Name;

    private static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
