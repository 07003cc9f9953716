using PerfLab.Analysis.Runs;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Analysis.Tests.Predictions;

/// <summary>Runs of the shipped scenarios with costs that are known: what Shop would do with each arm (docs/shop.md), and noise from a named seed.</summary>
internal sealed class SimulatedShop(int seed)
{
    private const int LaunchSets = 9;
    private const long Requests = 4_000;

    private readonly Random _random = new(seed);

    /// <summary>Microseconds of a request, a span recorded, not sampled, exported, of HTTP, an attribute, an event, an exported kilobyte.</summary>
    public double[] Microseconds { get; init; } = [2, 0.6, 0.2, 1.2, 1.5, 0.08, 0.3, 0.4];

    /// <summary>Bytes of the same.</summary>
    public double[] Bytes { get; init; } = [600, 450, 40, 160, 700, 55, 300, 20];

    /// <summary>Standard deviation of an arm's overhead about the sum, as a ratio.</summary>
    public double LackOfFit { get; init; } = 0.05;

    /// <summary>Standard deviation of a launch set, as a ratio of the whole.</summary>
    public double Noise { get; init; } = 0.004;

    /// <summary>Each arm of scenarios/cost-model.yaml: spans created, share sampled, share exported of those, HTTP spans, attributes, events, characters beyond 16.</summary>
    public static IReadOnlyDictionary<string, (double Created, double Sampled, double Exported, double Http, double Attributes, double Events, double Text)> CostModelArms { get; } =
        new Dictionary<string, (double, double, double, double, double, double, double)>
        {
            ["not-sampled"] = (19, 0, 1, 7, 61, 0, 0),
            ["ratio-10"] = (11, 0.1, 1, 7, 61, 0, 0),
            ["recorded"] = (11, 1, 0, 7, 61, 0, 0),
            ["recorded-attributes-40"] = (11, 1, 0, 7, 50 + 160, 0, 0),
            ["always-on"] = (11, 1, 1, 7, 61, 0, 0),
            ["manual"] = (4, 1, 1, 0, 11, 0, 0),
            ["statements"] = (19, 1, 1, 7, 61 + 32, 0, 0),
            ["attributes-20"] = (11, 1, 1, 7, 50 + 80, 0, 0),
            ["long-attributes"] = (11, 1, 1, 7, 50 + 80, 0, 69 * 184),
            ["events-20"] = (11, 1, 1, 7, 50, 80, 0),
            ["manual-events-10"] = (4, 1, 1, 0, 0, 40, 29 * 84),
            ["ratio-50-all"] = (19, 0.5, 1, 7, 50 + 32 + 40, 0, 0),
        };

    /// <summary>What the sum of costs is for an arm.</summary>
    public static double Sum(double[] costs, (double Created, double Sampled, double Exported, double Http, double Attributes, double Events, double Text) arm)
    {
        var kilobytes = WireBytes(arm) / 1000;
        double[] counts = [1, arm.Created * arm.Sampled, arm.Created * (1 - arm.Sampled), arm.Created * arm.Sampled * arm.Exported, arm.Http * arm.Sampled, arm.Attributes * arm.Sampled, arm.Events * arm.Sampled, kilobytes];
        return costs.Zip(counts, (cost, count) => cost * count).Sum();
    }

    /// <summary>Runs scenarios/cost-model.yaml, or some of its arms.</summary>
    public RunAnalysis Run(string id = "20261129T200000Z-cost-model-aaaa", Func<string, bool>? only = null, Func<Plan, Plan>? change = null)
    {
        var scenario = ScenarioFile.Load(Path.Combine(Root(), "scenarios", "cost-model.yaml"));
        var plan = PlanBuilder.Build(scenario with { Load = scenario.Load with { RatePerSecond = 1_500 } }, pilot: null, placement: null, LaunchSets);
        plan = plan with { Arms = [.. plan.Arms.Where(arm => arm.Role != ArmRole.Variant || only is null || only(arm.Name))] };
        plan = change?.Invoke(plan) ?? plan;
        var fits = plan.Arms.ToDictionary(arm => arm.Name, _ => (Cpu: 1 + (LackOfFit * Normal()), Bytes: 1 + (LackOfFit * Normal() / 3)));
        LaunchRecord[] launches = [.. Enumerable.Range(1, LaunchSets).Select(number =>
        {
            var common = 1 + (0.03 * Normal());
            return LabRun.Launch(number, [.. plan.Arms.Select(arm => Arm(arm, fits[arm.Name], common))]);
        })];
        return RunAnalyzer.Analyze(LabRun.Manifest with { RunId = id }, plan, launches, [], new RunOutcome(1, true, LaunchSets, 0, null, 900));
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private ArmRecord Arm(PlannedArm arm, (double Cpu, double Bytes) fit, double common)
    {
        var traced = CostModelArms.TryGetValue(arm.Name, out var shape);
        var cpu = ((420 + (traced ? fit.Cpu * Sum(Microseconds, shape) : 0)) * common * (1 + (Noise * Normal()))) / 1e6;
        var bytes = (52_000 + (traced ? fit.Bytes * Sum(Bytes, shape) : 0)) * (1 + (Noise / 40 * Normal()));
        var created = traced ? (long)Math.Round(Requests * shape.Created) : 0;
        var sampled = (long)Math.Round(created * shape.Sampled);
        var received = (long)Math.Round(sampled * shape.Exported);
        return LabRun.Arm(arm.Name, cpu, bytes) with
        {
            Spans = LabRun.Ledger(sampled, received, traced ? (long)(Requests * WireBytes(shape)) : 0) with { CreatedCount = created, NotSampledCount = created - sampled },
        };
    }

    // As little as a real serializer knows of averages.
    private static double WireBytes((double Created, double Sampled, double Exported, double Http, double Attributes, double Events, double Text) arm) =>
        arm.Sampled * arm.Exported * ((150 * arm.Created) + (40 * arm.Http) + (35 * arm.Attributes) + (60 * arm.Events) + arm.Text);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PerfLab.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
