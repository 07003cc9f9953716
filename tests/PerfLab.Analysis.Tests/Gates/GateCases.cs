using PerfLab.Analysis.Gates;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Gates;
using PerfLab.Experiments.History;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Gates;

/// <summary>Nights made by hand: one arm, thresholds of 3 % of CPU and 10 % of p99.</summary>
internal static class GateCases
{
    internal const double Threshold = 0.03;

    internal static Scenario Scenario { get; } = ScenarioFile.Parse(
        """
        scenario: orders
        question: What does tracing cost?
        target:
          command: [dotnet, app.dll]
          ready: { path: /health }
          requests:
            - { name: home, path: / }
        baseline: off
        variants:
          - { name: off, meaning: No tracing }
          - { name: on, meaning: Every trace }
        """,
        "scenarios/orders.yaml");

    internal static MachineFingerprint Machine { get; } = LabRun.Manifest.Machine;

    internal static GatePolicy Policy(GateAction regressed = GateAction.Block, GateAction undecided = GateAction.Warn, GateAction missing = GateAction.Block, MetricId[]? metrics = null) => new()
    {
        Name = "orders",
        Scenario = Scenario,
        Repository = ".",
        Build = new BuildRecipe(["make"], new ArmProgram(["app"], Directory: null), TimeSpan.FromMinutes(15)),
        Arms = ["on"],
        Metrics =
        [
            .. (metrics ?? [MetricId.Cpu]).Select(metric => new GateMetric
            {
                Metric = metric,
                Threshold = metric == MetricId.P99 ? 0.10 : Threshold,
                WhenRegressed = regressed,
                WhenUndecided = undecided,
                WhenMissing = missing,
            }),
        ],
    };

    internal static Interval Interval(double low, double high) => new((low + high) / 2, low, high, 0.95);

    internal static MetricComparison Change(double low, double high, MetricId metric = MetricId.Cpu, Verdict verdict = Verdict.Inconclusive) => Nothing(metric, missing: null) with
    {
        Ratio = Interval(low, high),
        Verdict = verdict,
        DetectableEffect = 0.02,
    };

    internal static MetricComparison Nothing(MetricId metric, MissingMeasurement? missing) => new()
    {
        Metric = metric,
        Samples = [],
        Value = 1,
        Baseline = 1,
        Ratio = null,
        Difference = null,
        Verdict = Verdict.Invalid,
        PracticalThreshold = Threshold,
        DetectableEffect = null,
        AdjustedPValue = null,
        Missing = missing,
    };

    internal static GateRun Run(params MetricComparison[] comparisons) => new()
    {
        RunId = "20261101T120000Z-orders-abcd",
        Machine = Machine,
        Trust = TrustLevel.Trusted,
        LaunchSets = 12,
        Pairs = [new PairEvidence("on", MissingArm: null, Fault: null, comparisons)],
        Control = [Change(-0.01, 0.01, verdict: Verdict.Same)],
    };

    internal static GateEvidence Night(GateRun? first, GateRun? confirmation = null, NightEnd end = NightEnd.Completed, params HistoryEntry[] history) => new()
    {
        End = end,
        First = first,
        Confirmation = confirmation,
        History = history,
    };

    internal static GateMetricResult Judge(GateRun? first, GateRun? confirmation = null, NightEnd end = NightEnd.Completed, GatePolicy? policy = null) =>
        Assert.Single(Gate.Judge(policy ?? Policy(), Night(first, confirmation, end)).Metrics);

    internal static NightFacts Facts(string name = "n1", IReadOnlyDictionary<string, string>? planted = null) => new()
    {
        Name = name,
        StartedUtc = LabRun.Manifest.StartedUtc,
        Baseline = new BuiltCommit("a1", "1.20.1"),
        Head = new BuiltCommit("b2", "1.20.1"),
        Machine = Machine,
        PerfLabCommit = null,
        Planted = planted ?? new Dictionary<string, string>(),
    };
}
