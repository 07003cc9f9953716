using System.Globalization;
using PerfLab.Analysis.Runs;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests;

/// <summary>
/// Raw results made by hand. Every arm of a launch set answers 1,000 requests: 10 rounds of 100, and its processes had used
/// 5 s of CPU, 1 GB and 0.2 s of GC pause before the first slice, which must not be charged.
/// </summary>
internal static class LabRun
{
    internal const int Requests = 1_000;
    internal const double CpuBefore = 5;
    internal const long BytesBefore = 1_000_000_000;
    internal const double PauseBefore = 0.2;

    internal static Manifest Manifest { get; } = new()
    {
        FormatVersion = 1,
        RunId = "20261101-120000-sampling-abcd",
        StartedUtc = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
        ToolVersion = "0.1.0",
        Commit = null,
        Machine = new MachineFingerprint("Linux", null, null, 2, 8_000_000_000, "x64", ".NET 10", null),
        RuntimeKnobs = new Dictionary<string, string>(),
        NotMeasured = [],
    };

    internal static TraceRetentionDefinition Retention { get; } = new()
    {
        RatePerSecond = 10,
        BeforeSeconds = 5,
        BurstSeconds = 2,
        AfterSeconds = 3,
        SettleSeconds = 4,
        Requests = [],
        SlowerThanSeconds = 0.1,
        Attribute = "user_agent.original",
        Services = [],
        Alerts = new AlertDefinition(2, 0.3, 0.3, 5),
    };

    internal static Plan Plan(int launchSets, params string[] variants) => new()
    {
        FormatVersion = 1,
        Scenario = "sampling",
        Question = "What does each sampling rate cost?",
        Target = new TargetDefinition([], []) { Completion = new CompletionSource("target", "/times") },
        Arms =
        [
            Planned("off", ArmRole.Baseline),
            Planned("off'", ArmRole.Control),
            .. variants.Select(name => Planned(name, ArmRole.Variant)),
        ],
        RatePerSecond = 1_000,
        Pilot = null,
        Arrivals = ArrivalProcess.Poisson,
        MaxInFlight = 64,
        LaunchSets = launchSets,
        Rounds = 10,
        SliceSeconds = 0.1,
        WarmUpSeconds = 2,
        WarmUpLimitSeconds = 6,
        BudgetSeconds = 600,
        Runtime = RuntimeProfile.Lab,
        Placement = null,
        Seed = 1,
        PracticalThresholds = MetricCatalog.All.ToDictionary(metric => metric.Id, metric => metric.PracticalThreshold),
    };

    internal static LaunchRecord Launch(int number, params ArmRecord[] arms) => new()
    {
        FormatVersion = 1,
        Number = number,
        StartedUtc = Manifest.StartedUtc.AddMinutes(number),
        DurationSeconds = 40,
        Findings = [],
        WithholdsMaxima = true,
        Arms = arms,
        Lab = new PerfLabUsage(20, 10, 1, 0),
    };

    internal static ArmRecord Arm(
        string name,
        double cpuSeconds = 0.0004,
        double bytes = 10_000,
        double p50Seconds = 0.001,
        double pauseSeconds = 0.00001) => new()
        {
            Arm = name,
            Processes = [],
            WarmUp = new WarmUpRecord(2, 2_000, true, []),
            Slices = [.. Enumerable.Range(0, 10).Select(round => Slice(round, cpuSeconds, bytes, pauseSeconds))],
            ClosingReading = Reading(Requests, cpuSeconds, bytes, pauseSeconds),
            ResponseTime = Latency(p50Seconds),
            ServiceTime = null,
            StartLateness = null,
            // The baseline and its control export nothing; a variant that should trace and exports nothing is broken.
            Spans = name.StartsWith("off", StringComparison.Ordinal) ? Ledger(sampled: 0, received: 0) : Ledger(sampled: 4_000, received: 4_000),
            Collector = new CollectorRecord { CpuSeconds = 0.01, AnsweredCount = Requests, PeakHeldBytes = 0, PeakHeldTraces = 0, Tail = null },
            Completion = new CompletionTimes(Requests, p50Seconds * 10, p50Seconds * 20, p50Seconds * 30, p50Seconds * 40),
        };

    internal static LatencySummary Latency(double p50Seconds) => new(
        Requests,
        p50Seconds,
        p50Seconds * 8,
        [new(50, p50Seconds), new(75, p50Seconds * 1.5), new(90, p50Seconds * 2), new(95, p50Seconds * 2.5), new(99, p50Seconds * 3), new(99.9, p50Seconds * 5)]);

    internal static SpanLedger Ledger(long? sampled, long received, long wireBytes = 0) => new()
    {
        RequestCount = 4_000,
        CreatedCount = sampled,
        NotSampledCount = sampled is null ? null : 0,
        SampledCount = sampled,
        ReceivedCount = received,
        RefusedCount = 0,
        ExportRequestCount = 1,
        WireBytes = wireBytes,
        DecodedBytes = wireBytes,
    };

    /// <summary>A trace retention window in which an arm kept traces of failed requests alone, all of them complete.</summary>
    internal static TraceRetentionRecord Kept(long failedKept, long failed) => new()
    {
        RequestCount = 1_000,
        KeptCount = failedKept,
        FailedCount = failed,
        FailedKeptCount = failedKept,
        SlowCount = 10,
        SlowKeptCount = 1,
        SlowestCount = 10,
        SlowestKeptCount = 1,
        CompleteCount = failedKept,
        SpanCount = 11 * failedKept,
        OrphanCount = 0,
        DelayP50Seconds = 2,
        DelayP99Seconds = 4,
        ErrorAlert = new AlertRecord(null, WasFiring: false, 0),
        SlowAlert = new AlertRecord(null, WasFiring: false, 0),
    };

    internal static Reading Reading(long requests, double cpuSeconds, double bytes, double pauseSeconds) => new()
    {
        CpuSeconds = CpuBefore + (requests * cpuSeconds),
        AllocatedBytes = BytesBefore + (long)(requests * bytes),
        Gen0Count = 1,
        Gen1Count = 1,
        Gen2Count = 0,
        GcPauseSeconds = PauseBefore + (requests * pauseSeconds),
        WorkingSetBytes = 90_000_000,
        CompiledMethodCount = null,
    };

    internal static RunAnalysis Analyze(Plan plan, params IReadOnlyList<LaunchRecord> launches) =>
        RunAnalyzer.Analyze(Manifest, plan, launches, [], new RunOutcome(1, true, launches.Count, 0, null, 600));

    /// <summary>The plan of <see cref="OneVariant"/>, in which an arm is told one variable and nothing else.</summary>
    internal static Plan OneVariantWith(string name, string variable, string value)
    {
        var plan = Plan(6, "on");
        return plan with { Arms = [.. plan.Arms.Select(arm => arm.Name == name ? arm with { Environment = new Dictionary<string, string> { [variable] = value } } : arm)] };
    }

    /// <summary>Six launch sets of the arms off, off' and on, each changed as the test wants it.</summary>
    internal static RunAnalysis OneVariant(Func<int, ArmRecord, ArmRecord> change, Plan? plan = null) => Analyze(
        plan ?? Plan(6, "on"),
        [.. Enumerable.Range(1, 6).Select(i => Launch(i, [.. new[] { "off", "off'", "on" }.Select(arm => change(i, Arm(arm)))]))]);

    internal static ArmAnalysis Arm(this RunAnalysis analysis, string name) => analysis.Arms.Single(arm => arm.Name == name);

    internal static MetricComparison Metric(this RunAnalysis analysis, string arm, MetricId metric) =>
        analysis.Arm(arm).Metrics.Single(comparison => comparison.Metric == metric);

    internal static Finding Invalidity(string facts) =>
        new(FindingSeverity.Invalid, "rate-missed", "off", facts, "Lower the rate.");

    internal static void InCulture(string name, Action act)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static PlannedArm Planned(string name, ArmRole role) =>
        new(name, name.Replace('\'', '-'), "meaning of " + name, role, new Dictionary<string, string>());

    private static SliceRecord Slice(int round, double cpuSeconds, double bytes, double pauseSeconds) => new()
    {
        Round = round,
        Position = 0,
        StartSeconds = round,
        ScheduledSeconds = 0.1,
        ElapsedSeconds = 0.1,
        OfferedCount = 100,
        StartedCount = 100,
        AnsweredCount = 100,
        DroppedCount = 0,
        Errors = new Dictionary<string, long>(),
        Before = Reading(round * 100, cpuSeconds, bytes, pauseSeconds),
    };
}
