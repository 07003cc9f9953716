using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Runner.Tests.LaunchSets;

/// <summary>A small plan of three arms with short times.</summary>
internal static class TestPlans
{
    public static Plan Small(int rounds = 2) => new()
    {
        FormatVersion = Plan.CurrentFormatVersion,
        Scenario = "test",
        Question = "Is the order right?",
        Target = new TargetDefinition(
            [new TargetProcess { Name = "target", Command = ["program", "{url}"], Environment = new Dictionary<string, string> { ["COMMON"] = "{port}" }, Ready = new ReadinessCheck("/health", TimeSpan.FromSeconds(5)) }],
            [new RequestDefinition { Name = "get", Method = "GET", Path = "/", Headers = new Dictionary<string, string>(), Body = null, ExpectedStatus = 200, Weight = 1 }]),
        Arms =
        [
            new PlannedArm("off", "off", "Off.", ArmRole.Baseline, new Dictionary<string, string>()),
            new PlannedArm("off'", "off.control", "Off again.", ArmRole.Control, new Dictionary<string, string>()),
            new PlannedArm("on", "on", "On.", ArmRole.Variant, new Dictionary<string, string> { ["MODE"] = "on", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc" }),
        ],
        RatePerSecond = 1000,
        Pilot = null,
        Arrivals = ArrivalProcess.Poisson,
        MaxInFlight = 8,
        LaunchSets = 6,
        Rounds = rounds,
        SliceSeconds = 0.02,
        WarmUpSeconds = 0.25,
        WarmUpLimitSeconds = 0.25,
        BudgetSeconds = 60,
        Runtime = RuntimeProfile.Lab,
        Placement = null,
        Seed = 7,
        PracticalThresholds = MetricCatalog.All.ToDictionary(metric => metric.Id, metric => metric.PracticalThreshold),
    };
}
