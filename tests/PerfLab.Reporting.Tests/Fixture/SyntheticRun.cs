using PerfLab.Analysis;
using PerfLab.Analysis.Calibration;
using PerfLab.Analysis.Noise;
using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Analysis.Trust;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using Level = PerfLab.Analysis.Trust.TrustLevel;

namespace PerfLab.Reporting.Tests.Fixture;

/// <summary>
/// A run as the sampling scenario would leave it: seven arms, eleven launch sets, 300 us of CPU and 14 kB per request
/// under the baseline, and the overheads and spreads that were seen on a small machine. Drawn from a fixed seed.
/// </summary>
internal sealed class SyntheticRun
{
    private const int SmallestSampleWithAnInterval = 6;

    public static IReadOnlyList<SyntheticArm> SamplingArms { get; } =
    [
        new("off", "The SDK is not there: what the service costs by itself", ArmRole.Baseline, 1, 1, 1, 0),
        new("off'", "The baseline once more, judged like any arm", ArmRole.Control, 1.001, 1, 1, 0),
        new("sdk-always-off", "The SDK is there, the sampler takes nothing", ArmRole.Variant, 1.068, 1.058, 1.04, 0),
        new("ratio-1", "Parent-based ratio, 1 % of the traces", ArmRole.Variant, 1.073, 1.062, 1.05, 0.09),
        new("ratio-10", "Parent-based ratio, 10 % of the traces", ArmRole.Variant, 1.092, 1.081, 1.07, 0.9),
        new("ratio-50", "Parent-based ratio, half of the traces", ArmRole.Variant, 1.157, 1.143, 1.10, 4.5),
        new("always-on", "Every trace", ArmRole.Variant, 1.248, 1.221, 1.19, 9),
    ];

    public IReadOnlyList<SyntheticArm> Arms { get; init; } = SamplingArms;

    public int LaunchSets { get; init; } = 11;

    public int PlannedLaunchSets { get; init; } = 11;

    public int VoidedLaunchSets { get; init; } = 1;

    public double CpuSpread { get; init; } = 0.017;

    public string RunId { get; init; } = "20261122T201407Z-sampling-4f1c";

    public string Question { get; init; } = "What does each sampling rate cost, and what do you get for it?";

    public IReadOnlySet<MetricId> NotMeasured { get; init; } = new HashSet<MetricId>();

    public Level? TrustLevel { get; init; }

    /// <summary>Gets a value indicating whether there are too few launch sets for so many variants: no verdict is proven.</summary>
    public bool IsOutOfReach { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } =
    [
        new(FindingSeverity.Note, "few-requests-beyond-p999", "run", "About 40 requests of each launch set lie beyond p99.9.", "Read p99.9 as a rough figure; raise design.rounds for a firmer one."),
        new(FindingSeverity.Warning, "warm-up-not-settled", "ratio-50", "CPU per request still fell by 2.3 % over the last windows of 1 of 11 launch sets.", "Raise design.warm_up above 4 s."),
        new(FindingSeverity.Invalid, "rate-missed", "launch 4", "1,389 of 1,450 requests/s were achieved on always-on, 4.2 % too few; the launch set was voided and run again.", "Close other programs, or lower load.rate."),
    ];

    public NoiseProfile? MeasuredNoise { get; init; }

    public IReadOnlyList<CalibrationSeries> Calibration { get; init; } = [];

    /// <summary>Gets a value indicating whether the scenario asked what one still sees.</summary>
    public bool ShowsVisibility { get; init; }

    public IReadOnlyList<RunThresholdResult> Thresholds { get; init; } = [];

    public Plan Plan() => new()
    {
        FormatVersion = Experiments.Plans.Plan.CurrentFormatVersion,
        Scenario = "sampling",
        Question = Question,
        Target = new TargetDefinition([], []),
        Arms = [.. Arms.Select((arm, index) => new PlannedArm(arm.Name, $"arm-{index}", arm.Meaning, arm.Role, new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = arm.SpansPerRequest > 0 ? "false" : "true", ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio" }))],
        RatePerSecond = 1450,
        Pilot = new PilotResult(Arms.ToDictionary(arm => arm.Name, arm => 3620 / arm.Cpu, StringComparer.Ordinal), Arms[^1].Name, 0.5, 21),
        Arrivals = ArrivalProcess.Poisson,
        MaxInFlight = 64,
        LaunchSets = PlannedLaunchSets,
        Rounds = 50,
        SliceSeconds = 0.1,
        WarmUpSeconds = 4,
        WarmUpLimitSeconds = 12,
        BudgetSeconds = 720,
        Runtime = RuntimeProfile.Lab,
        Placement = new Placement([0], [1]),
        Seed = 20261122,
        PracticalThresholds = MetricCatalog.All.ToDictionary(metric => metric.Id, metric => metric.PracticalThreshold),
    };

    public Manifest Manifest() => new()
    {
        FormatVersion = Experiments.Results.Manifest.CurrentFormatVersion,
        RunId = RunId,
        StartedUtc = new DateTimeOffset(2026, 11, 22, 20, 14, 7, TimeSpan.Zero),
        ToolVersion = "0.1.0",
        Commit = "4f1c9ab",
        Machine = new MachineFingerprint("Debian GNU/Linux 12 (bookworm)", "6.1.0-28-amd64", "Common KVM processor", 2, 8_322_347_008, "X64", ".NET 10.0.4", true),
        RuntimeKnobs = new Dictionary<string, string> { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0", ["DOTNET_TieredPGO"] = "1" },
        NotMeasured = ["Steal time: the hypervisor does not report it."],
    };

    public RunOutcome Outcome() => new(1, LaunchSets == PlannedLaunchSets, LaunchSets, VoidedLaunchSets, LaunchSets == PlannedLaunchSets ? null : "Ctrl-C was pressed.", 582);

    public RunAnalysis Analysis()
    {
        var random = new Random(20261122);
        var baseline = Metrics.ToDictionary(metric => metric.Id, metric => Samples(random, metric.Id, Arms[0]));
        var arms = Arms.Select(arm => Arm(random, arm, baseline)).ToArray();
        var level = TrustLevel ?? (LaunchSets < SmallestSampleWithAnInterval ? Level.Undecided : Level.Trusted);
        return new RunAnalysis
        {
            Manifest = Manifest(),
            Plan = Plan(),
            Trust = Trust(level, arms),
            LaunchSets = LaunchSets,
            VoidedLaunchSets = VoidedLaunchSets,
            Completed = LaunchSets == PlannedLaunchSets,
            Arms = arms,
            Findings = Findings,
            Thresholds = new RunThresholds(Thresholds),
            MachineNoise = new MachineNoise { Knowledge = NoiseProfileMatch.None, Profile = null, Runtime = RuntimeProfile.Lab, LaunchSets = LaunchSets },
            MeasuredNoise = MeasuredNoise,
            Calibration = Calibration,
            Visibility = ShowsVisibility ? SyntheticVisibility.Of(Arms) : null,
        };
    }

    private RunTrust Trust(TrustLevel level, ArmAnalysis[] arms)
    {
        var control = arms.FirstOrDefault(arm => arm.Role == ArmRole.Control);
        return new RunTrust
        {
            Level = level,
            LaunchSets = LaunchSets,
            PlannedLaunchSets = PlannedLaunchSets,
            Baseline = arms[0].Name,
            Control = control?.Name,
            Checks = control is null ? [] : [.. control.Metrics.Where(metric => MetricCatalog.Get(metric.Metric).IsPrimary)],
            AbsentMetrics = [],
        };
    }

    private static IReadOnlyList<MetricDefinition> Metrics => new TargetDefinition([], []).Metrics;

    private ArmAnalysis Arm(Random random, SyntheticArm arm, Dictionary<MetricId, double?[]> baseline)
    {
        var metrics = Metrics.Select(metric => Compare(metric, arm, arm.Role == ArmRole.Baseline ? baseline[metric.Id] : Samples(random, metric.Id, arm), baseline[metric.Id])).ToArray();
        return new ArmAnalysis
        {
            Name = arm.Name,
            Meaning = arm.Meaning,
            Role = arm.Role,
            Metrics = metrics,
            LatencyCurve = NotMeasured.Contains(MetricId.P50) ? [] : Curve(arm),
            Health = new ArmHealth { State = ArmState.Healthy, Spans = SpanBalance.Balanced, SpansLostRatio = null, Faults = [] },
            Spans = new SpanLedger
            {
                RequestCount = 79_750,
                CreatedCount = (long)(79_750 * arm.SpansPerRequest),
                NotSampledCount = 0,
                SampledCount = (long)(79_750 * arm.SpansPerRequest),
                ReceivedCount = (long)(79_750 * arm.SpansPerRequest),
                RefusedCount = 0,
                ExportRequestCount = 412,
                WireBytes = (long)(79_750 * arm.SpansPerRequest * 310),
                DecodedBytes = (long)(79_750 * arm.SpansPerRequest * 1100),
            },
        };
    }

    private static PercentilePoint[] Curve(SyntheticArm arm)
    {
        double[] percentiles = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100];
        double[] milliseconds = [0.31, 0.36, 0.39, 0.44, 0.52, 0.71, 0.96, 1.32, 1.9, 2.6, 5.1, 6.4, 9.8, 14];
        return [.. percentiles.Zip(milliseconds, (percentile, value) => new PercentilePoint(percentile, value / 1000 * (1 + ((arm.Latency - 1) * (1 + (percentile / 100))))))];
    }

    private double?[] Samples(Random random, MetricId metric, SyntheticArm arm)
    {
        // Exact, so that they draw nothing from the random numbers of the others.
        if (metric is MetricId.CollectorCpu or MetricId.CollectorMemory)
        {
            return [.. Enumerable.Repeat<double?>(NotMeasured.Contains(metric) ? null : metric == MetricId.CollectorCpu ? arm.SpansPerRequest * 1.2e-6 : 0, LaunchSets)];
        }

        var (center, spread) = metric switch
        {
            MetricId.Cpu => (0.000300 * arm.Cpu, CpuSpread),
            MetricId.Allocation => (14_100 * arm.Allocation, 0.0008),
            MetricId.GcPause => (0.0000021 * arm.Allocation, 0.10),
            MetricId.P50 => (0.00044 * arm.Latency, 0.02),
            MetricId.P90 => (0.00071 * arm.Latency, 0.05),
            MetricId.P99 => (0.0019 * arm.Latency, 0.14),
            MetricId.P999 => (0.0051 * arm.Latency, 0.4),
            MetricId.WorkingSet => (92_400_000 * (1 + ((arm.Allocation - 1) / 4)), 0.006),
            MetricId.ExportedBytes => (arm.SpansPerRequest * 310, 0.001),
            MetricId.ExportedSpans => (arm.SpansPerRequest, 0.0005),
            _ => (0.0, 0.0),
        };
        return [.. Enumerable.Range(0, LaunchSets).Select(_ => NotMeasured.Contains(metric) ? (double?)null : center * Math.Exp(spread * Normal(random)))];
    }

    private MetricComparison Compare(MetricDefinition metric, SyntheticArm arm, double?[] samples, double?[] baseline)
    {
        var isMeasured = samples.Any(sample => sample is not null);
        var isCompared = isMeasured && arm.Role != ArmRole.Baseline;
        var ratio = isCompared && !metric.IsDifferenceOnly ? Estimate(samples.Zip(baseline, (own, reference) => (own!.Value / reference!.Value) - 1)) : null;
        var verdict = ratio is null ? Verdict.Invalid
            : IsOutOfReach && arm.Role == ArmRole.Variant && ratio.Low > metric.PracticalThreshold ? Verdict.Inconclusive
            : ratio.Low > metric.PracticalThreshold ? Verdict.Slower
            : ratio.High < -metric.PracticalThreshold ? Verdict.Faster
            : ratio.Low > -metric.PracticalThreshold && ratio.High < metric.PracticalThreshold ? Verdict.Same
            : Verdict.Inconclusive;
        return new MetricComparison
        {
            Metric = metric.Id,
            Samples = samples,
            Value = Median(samples),
            Baseline = Median(baseline),
            Ratio = ratio,
            Difference = isCompared ? Estimate(samples.Zip(baseline, (own, reference) => own!.Value - reference!.Value)) : null,
            Verdict = arm.Role == ArmRole.Baseline || metric.IsDifferenceOnly ? null : verdict,
            PracticalThreshold = metric.PracticalThreshold,
            DetectableEffect = ratio is null ? null : 1.25 * (ratio.High - ratio.Low),
            AdjustedPValue = ratio is null ? null : ratio.Low > 0 || ratio.High < 0 ? 0.00586 : 0.41,
            AdjustedThresholdPValue = ratio is null || arm.Role != ArmRole.Variant ? null : IsOutOfReach ? 0.156 : 0.012,
            Undecided = verdict == Verdict.Inconclusive ? new UndecidedVerdict(IsOutOfReach ? UndecidedReason.OutOfReach : UndecidedReason.CrossesThreshold, Arms.Count - 2, LaunchSets, 8) : null,
            Missing = !isMeasured ? new MissingMeasurement(MissingReason.NoReading, LaunchSets, LaunchSets)
                : isCompared && ratio is null && !metric.IsDifferenceOnly ? new MissingMeasurement(MissingReason.TooFewLaunchSets, LaunchSets) : null,
        };
    }

    private static Interval? Estimate(IEnumerable<double> changes)
    {
        var sorted = changes.Order().ToArray();
        if (sorted.Length < SmallestSampleWithAnInterval)
        {
            return null;
        }

        var center = sorted[sorted.Length / 2];
        var spread = Math.Sqrt(sorted.Average(change => Math.Pow(change - sorted.Average(), 2)));
        var half = 2.2 * spread / Math.Sqrt(sorted.Length);
        return new Interval(center, center - half, center + half, 0.958);
    }

    private static double? Median(double?[] samples)
    {
        var sorted = samples.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }

    // Box and Muller: one normal deviate from two uniform ones.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
