using System.Diagnostics;
using PerfLab.Experiments;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Runner.Targets;
using PerfLab.Runner.Validity;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Carries out one launch set: start every arm, warm up, measure, stop; and stop also when anything fails.</summary>
internal sealed class LaunchSetExecutor(ArmStarter starter, ISpanSink spans, GeneratorThread lab, TimeProvider time, IPostMeasurementStage? afterMeasuring = null)
{
    /// <summary>Runs a launch set and writes logs and histograms into its folder; writing its record is left to the caller.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="number">The launch set's number, from 1.</param>
    /// <param name="launchFolder">The folder of the unfinished launch set.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Interrupts; every target is stopped.</param>
    /// <returns>The record; when a target failed, one with a finding of severity Invalid and no arms.</returns>
    public async Task<LaunchRecord> ExecuteAsync(
        Plan plan,
        int number,
        string launchFolder,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var clock = Stopwatch.StartNew();
        try
        {
            return await MeasureAsync(plan, number, launchFolder, progress, started, clock, cancellationToken);
        }
        catch (TargetFailedException error)
        {
            return FailedRecord(number, started, clock, error);
        }
    }

    /// <summary>A launch set in which a target failed is kept, without measurements, so that the report can name the reason.</summary>
    private static LaunchRecord FailedRecord(int number, DateTimeOffset started, Stopwatch clock, TargetFailedException error) => new()
    {
        FormatVersion = LaunchRecord.CurrentFormatVersion,
        Number = number,
        StartedUtc = started,
        DurationSeconds = clock.Elapsed.TotalSeconds,
        Findings = [new Finding(FindingSeverity.Invalid, "target-failed", $"launch {number}") { Details = new TargetFailed(error.Message) }],
        Arms = [],
        Lab = new PerfLabUsage(WindowSeconds: 0, CpuSeconds: 0, Cores: 0, StealSeconds: null),
    };

    private async Task<LaunchRecord> MeasureAsync(
        Plan plan,
        int number,
        string launchFolder,
        IRunProgress progress,
        DateTimeOffset started,
        Stopwatch clock,
        CancellationToken cancellationToken)
    {
        await using var alive = new RunningArms(launchFolder);
        await StartAllAsync(plan, number, launchFolder, alive, progress, cancellationToken);

        var troubles = new FaultSchedule(alive.InPlanOrder, spans, plan.Rounds);
        var window = new MeasurementPhase(plan, number, alive.InPlanOrder, troubles) { Generator = starter.GeneratorOf(plan) };
        CollectorCostMeter? collector = null;
        progress.Report(new RunStep(RunPhase.WarmUp, number, plan.LaunchSets));
        await lab.RunAsync(() => new WarmUpPhase(plan, alive.InPlanOrder).Run(number, cancellationToken));
        foreach (var arm in alive.InPlanOrder.Where(arm => arm.Completion is not null))
        {
            await arm.Completion!.ResetAsync(cancellationToken);
        }

        PerfLabUsage labRecord = await lab.RunAsync(() =>
        {
            foreach (var arm in alive.InPlanOrder)
            {
                spans.BeginCapture(arm.Plan);
            }

            GC.Collect();
            collector = CollectorCostMeter.Open(spans, alive.InPlanOrder);
            var used = window.Run(Report, cancellationToken);
            collector.Close();
            return used;
        });
        foreach (var arm in alive.InPlanOrder.Where(arm => arm.Completion is not null))
        {
            arm.CompletionTimes = await arm.Completion!.ReadAsync(cancellationToken);
        }

        List<LevelRecord> levels = [];
        for (var level = 1; level <= LevelsOf(plan); level++)
        {
            var phase = new MeasurementPhase(plan, number, alive.InPlanOrder, troubles, level);
            levels.Add(new LevelRecord(level > plan.Levels.Count ? null : plan.Levels[level - 1].RatePerSecond, phase.VoidedRounds, await lab.RunAsync(() => phase.Run(Report, cancellationToken)), Findings: []));
        }

        if (afterMeasuring is not null)
        {
            await afterMeasuring.RunAsync(plan, number, alive.InPlanOrder, launchFolder, progress, cancellationToken);
        }

        progress.Report(new RunStep(RunPhase.Stop, number, plan.LaunchSets));
        await Task.Delay(LastBatch.WaitOf(plan, alive.InPlanOrder), cancellationToken);
        foreach (var arm in alive.InPlanOrder)
        {
            arm.ReadLastSpans();
        }

        var exitCodes = await alive.StopAsync();
        await Task.WhenAll(alive.InPlanOrder.Select(arm => spans.CloseAsync(arm.Plan)));
        var record = new LaunchRecord
        {
            FormatVersion = LaunchRecord.CurrentFormatVersion,
            Number = number,
            StartedUtc = started,
            DurationSeconds = clock.Elapsed.TotalSeconds,
            Findings = [],
            Arms = [.. alive.InPlanOrder.Select(arm => RecordOf(arm, launchFolder, exitCodes[arm], collector!) with { BackEnd = troubles.PhasesOf(arm) })],
            Lab = labRecord,
            VoidedRounds = window.VoidedRounds,
            WithholdsMaxima = true,
            Levels = levels,
        };
        return record with
        {
            Findings = [.. LaunchChecks.Run(record, plan.Rounds, VariantsOf(plan), ElsewhereOf(plan)), .. spans.GetFindings()],
            Levels = [.. levels.Select((level, index) => level with { Findings = LaunchChecks.RunLevel(record.AtLevel(index), RoundsOf(plan, index + 1), VariantsOf(plan)) })],
        };

        void Report(RunningArm arm, LoadResult result, int round) => progress.Report(new RunStep(RunPhase.Measure, number, plan.LaunchSets)
        {
            Arm = arm.Plan.Name,
            Round = round,
            Rounds = RoundsOf(plan, arm.Levels.Count),
            OfferedPerSecond = result.Counts.Offered / result.ScheduledSeconds,
            AchievedPerSecond = result.Counts.Started / result.ScheduledSeconds,
        });
    }

    // The closed loop comes behind the levels.
    private static int LevelsOf(Plan plan) => plan.Levels.Count + (plan.ClosedLoop is null ? 0 : 1);

    private static int RoundsOf(Plan plan, int level) =>
        level == 0 ? plan.Rounds : level <= plan.Levels.Count ? plan.Levels[level - 1].Rounds : plan.ClosedLoop!.Rounds;

    private static string[] VariantsOf(Plan plan) => [.. plan.Arms.Where(arm => arm.Role == ArmRole.Variant).Select(arm => arm.Name)];

    private static string[] ElsewhereOf(Plan plan) => [.. plan.Arms.Where(arm => !SdkEnvironment.IsExported(plan, arm)).Select(arm => arm.Name)];

    private async Task StartAllAsync(
        Plan plan,
        int number,
        string launchFolder,
        RunningArms alive,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        foreach (var index in new SeededGenerator(SubSeed.Derive(plan.Seed, SeedPurpose.StartOrder, number)).Permutation(plan.Arms.Count))
        {
            var arm = plan.Arms[index];
            progress.Report(new RunStep(RunPhase.Start, number, plan.LaunchSets) { Arm = arm.Name });
            spans.Reset(arm);
            if (arm.BackEnd is not null)
            {
                // The launch set before left it in trouble, so that its processes ended as they would have.
                spans.SetFault(arm, null);
            }

            alive.Add(index, await starter.StartAsync(plan, arm, launchFolder, alive.ScratchFolder, cancellationToken));
        }
    }

    private ArmRecord RecordOf(RunningArm arm, string launchFolder, IReadOnlyList<int?> exitCodes, CollectorCostMeter collector)
    {
        spans.DecideAll(arm.Plan);
        var measured = arm.Measured;
        measured.Latency.WriteLogs(
            RunFolder.HistogramLog(launchFolder, arm.Plan, "response"),
            RunFolder.HistogramLog(launchFolder, arm.Plan, "service"),
            RunFolder.HistogramLog(launchFolder, arm.Plan, "lateness"));
        return new ArmRecord
        {
            Arm = arm.Plan.Name,
            Processes = [.. arm.Processes.Zip(exitCodes, (process, exitCode) =>
                new ProcessRecord(process.Name, process.ProcessId, process.ReadySeconds, process.Readings.Name, exitCode))],
            WarmUp = arm.WarmUp!,
            Slices = measured.Slices,
            ClosingReading = measured.Closing!.Reading,
            ResponseTime = measured.Latency.ResponseTime,
            ServiceTime = measured.Latency.ServiceTime,
            StartLateness = measured.Latency.StartLateness,
            Requests = arm.Requests?.ToRecords() ?? [],
            Spans = SpanLedgerBuilder.Balance(arm, spans.Read(arm.Plan)),
            Traces = spans.InspectTraces(arm.Plan),
            Collector = collector.RecordOf(arm, spans.ReadCost(arm.Plan)),
            Observation = arm.Observation,
            Completion = arm.CompletionTimes,
            Log = measured.Log,
            Programs = measured.Programs,
            Levels = [.. arm.Levels.Select(level => new ArmLevelRecord(level.Slices, level.Closing!.Reading, level.Latency.ResponseTime, level.Latency.StartLateness))],
        };
    }
}

/// <summary>What is done with the arms of a launch set when they have been measured, before they are stopped.</summary>
internal interface IPostMeasurementStage
{
    /// <summary>Does it, and enters what comes of it in the arms.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="launchSet">Number of the launch set, from 1.</param>
    /// <param name="arms">The arms, alive.</param>
    /// <param name="launchFolder">The folder of the unfinished launch set.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Interrupts.</param>
    Task RunAsync(Plan plan, int launchSet, IReadOnlyList<RunningArm> arms, string launchFolder, IRunProgress progress, CancellationToken cancellationToken);
}
