using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.ScenarioFiles;

namespace PerfLab.Experiments.Tests.Results;

/// <summary>One of each record, with values that a careless format would spoil: long numbers, small ones, nulls, umlauts.</summary>
internal static class SampleRun
{
    public static Plan Plan { get; } = PlanBuilder.Build(
        ScenarioFile.Load(Path.Combine(Repository.Scenarios, "smoke.yaml")),
        PilotResult.From(new Dictionary<string, double> { ["off"] = 4321.987654321, ["ratio-10"] = 4000.1, ["always-on"] = 1234.5678 }, 0.5, 3.25),
        new Placement([0, 1], [2]),
        6) with { Seed = ulong.MaxValue };

    public static Manifest Manifest { get; } = new()
    {
        FormatVersion = Manifest.CurrentFormatVersion,
        RunId = "20260131T235959Z-smoke-abc123",
        StartedUtc = new DateTimeOffset(2026, 1, 31, 23, 59, 59, 123, TimeSpan.Zero),
        ToolVersion = "0.1.0",
        Commit = null,
        Machine = new MachineFingerprint("Linux \"x\"", "6.1", "Prozessor Größe ½", 2, 8L << 30, "X64", ".NET 10.0.0", null),
        RuntimeKnobs = new Dictionary<string, string> { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0" },
        NotMeasured = ["Steal: /proc/stat is missing."],
    };

    public static RunOutcome Outcome { get; } = new(RunOutcome.CurrentFormatVersion, false, 5, 1, "Interrupted by Ctrl-C.", 61.25);

    public static LaunchRecord Launch(int number, FindingSeverity severity = FindingSeverity.Note) => new()
    {
        FormatVersion = LaunchRecord.CurrentFormatVersion,
        Number = number,
        StartedUtc = Manifest.StartedUtc.AddMinutes(number),
        DurationSeconds = 6.02,
        Findings = [new Finding(severity, "rate-missed", "off", "offered 100.5, achieved 98.25 requests/s", "Lower the rate.")],
        Arms = [Arm("off", 100 * number), Arm("off'", (100 * number) + 2)],
        Lab = new PerfLabUsage(4.5, 0.123456789, 1, null),
    };

    private static ArmRecord Arm(string name, int processId) => new()
    {
        Arm = name,
        Processes = [new ProcessRecord("target", processId, 0.75, "probe", 0), new ProcessRecord("stock", processId + 1, 0.5, "none", null)],
        WarmUp = new WarmUpRecord(0.4, 321, null, [1e-4, 9.5e-5, 9.25e-5]),
        Slices = [.. Enumerable.Range(0, Plan.Rounds).Select(Slice)],
        ClosingReading = Reading(1.5),
        ResponseTime = new LatencySummary(640, 0.00123, 0.0456, [new PercentilePoint(50, 0.001), new PercentilePoint(99.9, 0.04)]),
        ServiceTime = null,
        StartLateness = new LatencySummary(640, 1e-6, 1e-4, []),
        Spans = new SpanLedger
        {
            RequestCount = 961,
            CreatedCount = 9610,
            NotSampledCount = null,
            SampledCount = 9610,
            ReceivedCount = 9610,
            RefusedCount = 0,
            ExportRequestCount = 20,
            WireBytes = long.MaxValue,
            DecodedBytes = 1234567,
        },
        Completion = new CompletionTimes(39, 0.0212345678901234, 0.03, 0.04, 0.05),
    };

    private static SliceRecord Slice(int round) => new()
    {
        Round = round,
        Position = 1,
        StartSeconds = 0.1 + round,
        ScheduledSeconds = 40 / Plan.RatePerSecond,
        ElapsedSeconds = 0.0512345678901234,
        OfferedCount = 40,
        StartedCount = 40,
        AnsweredCount = 39,
        DroppedCount = 0,
        Errors = new Dictionary<string, long> { ["timeout"] = 1, ["status I 500"] = 2 },
        Before = Reading(round),
    };

    private static Reading Reading(double cpuSeconds) => new()
    {
        CpuSeconds = cpuSeconds / 3,
        AllocatedBytes = 1L << 40,
        Gen0Count = 3,
        Gen1Count = 2,
        Gen2Count = 1,
        GcPauseSeconds = 1.0 / 3,
        WorkingSetBytes = 123456789,
        CompiledMethodCount = null,
    };
}
