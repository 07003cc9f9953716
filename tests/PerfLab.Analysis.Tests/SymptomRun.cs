using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

/// <summary>
/// Runs with 40 rounds of 100 requests whose cost is given slice by slice, in seconds of CPU per request, with 1 % of noise from a
/// fixed seed. In round r the arm of index a comes at place (a + r) modulo the number of arms.
/// </summary>
internal static class SymptomRun
{
    internal const int Rounds = 40;

    internal static IReadOnlyList<Finding> Findings(int launchSets, Func<string, int, int, double> cost, long collections = 100, int seed = 20261123)
    {
        var plan = LabRun.Plan(launchSets, "on");
        var random = new Random(seed);
        return LabRun.Analyze(plan, [.. Enumerable.Range(1, launchSets).Select(number => LabRun.Launch(number, [.. plan.Arms.Select((arm, index) => Arm(plan, arm.Name, index, cost, collections + number, random))]))]).Findings;
    }

    internal static Finding? Find(this IReadOnlyList<Finding> findings, string code) => findings.SingleOrDefault(finding => finding.Code == code);

    private static ArmRecord Arm(Plan plan, string name, int index, Func<string, int, int, double> cost, long collections, Random random)
    {
        var template = LabRun.Arm(name);
        var used = LabRun.CpuBefore;
        var slices = new List<SliceRecord>();
        for (var round = 0; round < Rounds; round++)
        {
            var position = (index + round) % plan.Arms.Count;
            slices.Add(template.Slices[0] with { Round = round, Position = position, StartSeconds = round, Before = Reading(used, 1) });
            used += 100 * cost(name, round, position) * (1 + (0.01 * ((2 * random.NextDouble()) - 1)));
        }

        return template with { Slices = slices, ClosingReading = Reading(used, 1 + collections) };

        Reading Reading(double cpuSeconds, long gen0) => template.ClosingReading with { CpuSeconds = cpuSeconds, Gen0Count = gen0 };
    }
}
