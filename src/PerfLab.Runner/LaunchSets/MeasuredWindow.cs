using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Randomness;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load;
using PerfLab.Runner.Machines;
using PerfLab.Runner.Runs;

namespace PerfLab.Runner.LaunchSets;

/// <summary>
/// The measured part of a launch set: rounds of slices, every arm once a round in fresh order, a reading before each slice,
/// and one idle round at the end so that the last slice is charged its background work like all others.
/// </summary>
internal static class MeasuredWindow
{
    /// <summary>Measures all arms; fills their slices, latencies and closing readings.</summary>
    /// <returns>What the lab itself used.</returns>
    public static LabRecord Run(
        Plan plan,
        int launchSet,
        IReadOnlyList<ArmInstance> arms,
        Action<ArmInstance, LoadResult, int> sliceDone,
        CancellationToken cancellationToken)
    {
        var stealBefore = StealClock.ReadSeconds();
        var cpuBefore = LabCpu.ReadSeconds();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < plan.Rounds; round++)
        {
            var schedule = ScheduleOf(plan, launchSet, round);
            var order = RoundOrder.For(plan.Seed, launchSet, round, arms.Count);
            for (var position = 0; position < order.Count; position++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var arm = arms[order[position]];
                arm.EnsureAlive();
                var result = RunSlice(arm, schedule, round, position, clock, cancellationToken);
                sliceDone(arm, result, round);
            }
        }

        CloseWithIdleRound(plan, arms, clock, cancellationToken);
        return new LabRecord(
            clock.Elapsed.TotalSeconds,
            LabCpu.ReadSeconds() - cpuBefore,
            plan.Placement?.LabCores.Count ?? Environment.ProcessorCount,
            StealClock.ReadSeconds() - stealBefore);
    }

    private static ArrivalSchedule ScheduleOf(Plan plan, int launchSet, int round)
    {
        var duration = TimeSpan.FromSeconds(plan.SliceSeconds);
        return plan.Arrivals == ArrivalProcess.Poisson
            ? ArrivalSchedule.Poisson(plan.RatePerSecond, duration, SubSeed.Derive(plan.Seed, SeedPurpose.Arrivals, launchSet, round))
            : ArrivalSchedule.Constant(plan.RatePerSecond, duration);
    }

    private static LoadResult RunSlice(
        ArmInstance arm,
        ArrivalSchedule schedule,
        int round,
        int position,
        Stopwatch clock,
        CancellationToken cancellationToken)
    {
        // The first reading opens what the arm is charged, so it is the exact kind; those between only divide it.
        var before = round == 0 ? arm.ReadFull().Reading : arm.Read();
        var start = clock.Elapsed.TotalSeconds;
        var result = arm.Driver.RunOpen(schedule, arm.Latency, cancellationToken);
        arm.AnsweredCount += result.AnsweredCount;
        arm.Slices.Add(new SliceRecord
        {
            Round = round,
            Position = position,
            StartSeconds = start,
            ScheduledSeconds = result.ScheduledSeconds,
            ElapsedSeconds = result.ElapsedSeconds,
            OfferedCount = result.OfferedCount,
            StartedCount = result.StartedCount,
            AnsweredCount = result.AnsweredCount,
            DroppedCount = result.DroppedCount,
            Errors = result.Errors,
            Before = before,
        });
        return result;
    }

    private static void CloseWithIdleRound(Plan plan, IReadOnlyList<ArmInstance> arms, Stopwatch clock, CancellationToken cancellationToken)
    {
        foreach (var arm in arms.OrderBy(arm => arm.Slices[^1].Position))
        {
            var due = arm.Slices[^1].StartSeconds + (plan.SliceSeconds * arms.Count);
            var wait = TimeSpan.FromSeconds(Math.Max(0, due - clock.Elapsed.TotalSeconds));
            cancellationToken.WaitHandle.WaitOne(wait);
            cancellationToken.ThrowIfCancellationRequested();
            arm.EnsureAlive();
            arm.Closing = arm.ReadFull();
        }
    }
}
