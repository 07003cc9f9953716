using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;
using PerfLab.Load;

namespace PerfLab.Runner.LaunchSets;

/// <summary>Loads every arm in turn until it has had its least warm-up and its CPU per request has settled, or the limit is reached.</summary>
internal static class WarmUpPhase
{
    // Long enough for some hundred requests at the rates used, short enough that all arms warm up side by side.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    /// <summary>Warms up all arms; fills <see cref="ArmInstance.WarmUp"/>.</summary>
    public static void Run(Plan plan, ulong seed, IReadOnlyList<ArmInstance> arms, CancellationToken cancellationToken)
    {
        var schedule = ArrivalSchedule.Poisson(plan.RatePerSecond, Window, seed);
        var costs = arms.ToDictionary(arm => arm, _ => new List<double>());
        var requests = arms.ToDictionary(arm => arm, _ => 0L);
        var scratch = new LatencyRecorder();
        var load = TimeSpan.Zero;
        var least = TimeSpan.FromSeconds(plan.WarmUpSeconds);
        var limit = TimeSpan.FromSeconds(plan.WarmUpLimitSeconds);
        while (load < least || (load < limit && arms.Any(arm => SettlingCheck.HasSettled(costs[arm]) == false)))
        {
            foreach (var arm in arms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                arm.EnsureAlive();
                var before = arm.Read();
                var result = arm.Driver.RunOpen(schedule, scratch, cancellationToken);
                arm.AnsweredCount += result.AnsweredCount;
                requests[arm] += result.AnsweredCount;
                if (before.CpuSeconds is { } start && arm.Read().CpuSeconds is { } end && result.AnsweredCount > 0)
                {
                    costs[arm].Add((end - start) / result.AnsweredCount);
                }
            }

            load += Window;
        }

        foreach (var arm in arms)
        {
            arm.WarmUp = new WarmUpRecord(load.TotalSeconds, requests[arm], SettlingCheck.HasSettled(costs[arm]), costs[arm]);
        }
    }
}
