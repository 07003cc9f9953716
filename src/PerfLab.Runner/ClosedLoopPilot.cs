using System.Diagnostics;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner;

/// <summary>
/// Finds the capacity of every arm before the plan is made: one launch set, closed loop, the arms in turn. It also exercises
/// every arm once, so that a target that cannot run is found before anything is measured.
/// </summary>
internal static class ClosedLoopPilot
{
    // More connections than a core can serve at once: the target is never idle, and the queue stays short.
    private const int Connections = 16;

    // A cold service under such a rush may run out of threads: with OpenTelemetry's simple processor Shop answered none of 16
    // requests within 10 s. To see that an arm answers, one request at a time is enough.
    private const int OneByOne = 1;
    private static readonly TimeSpan Visit = TimeSpan.FromMilliseconds(200);

    // The first visit after warming up on all processors finds the place that it is measured at. Of the others the best
    // counts: a neighbour or the runtime's compiler can only make an arm look slower than it is.
    private const int CountedVisits = 6;

    /// <summary>Measures the capacity of arms that are alive and warmed up; requests per second by arm name.</summary>
    /// <exception cref="Targets.TargetFailedException">An arm answers no request as expected.</exception>
    public static IReadOnlyDictionary<string, double> MeasureCapacity(
        IReadOnlyList<RunningArm> arms,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        var visits = Enumerable.Range(1, 1 + CountedVisits)
            .Select(visit => VisitAll(arms, visit, Connections, progress, cancellationToken))
            .Skip(1)
            .ToList();
        return arms.ToDictionary(
            arm => arm.Plan.Name,
            arm => visits.Max(visit => visit[arm]),
            StringComparer.Ordinal);
    }

    /// <summary>Where the rate is fixed: sees that every arm answers, and no more.</summary>
    /// <returns>Requests per second by arm name, cold.</returns>
    /// <exception cref="Targets.TargetFailedException">An arm answers no request as expected.</exception>
    public static IReadOnlyDictionary<string, double> TryOnce(IReadOnlyList<RunningArm> arms, IRunProgress progress, CancellationToken cancellationToken) =>
        VisitAll(arms, visit: 1, OneByOne, progress, cancellationToken).ToDictionary(rate => rate.Key.Plan.Name, rate => rate.Value, StringComparer.Ordinal);

    private static Dictionary<RunningArm, double> VisitAll(
        IReadOnlyList<RunningArm> arms,
        int visit,
        int connections,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        var rates = new Dictionary<RunningArm, double>();
        var scratch = new LatencyRecorder();
        foreach (var arm in arms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new RunStep(RunPhase.Pilot, 0, 0) { Arm = arm.Plan.Name, Round = visit, Rounds = 1 + CountedVisits });
            arm.EnsureAlive();
            var result = arm.Driver.RunClosed(connections, Visit, scratch, cancellationToken);
            EnsureAnswers(arm, result);
            rates[arm] = result.Counts.Answered / result.ElapsedSeconds;
        }

        return rates;
    }

    private static void EnsureAnswers(RunningArm arm, LoadResult result)
    {
        if (result.Counts.Answered > 0)
        {
            return;
        }

        arm.EnsureSurvived();
        var errors = string.Join("; ", result.Errors.Select(error => $"{error.Key} {error.Value}: {result.ErrorExamples.GetValueOrDefault(error.Key, "no example")}"));
        throw new Targets.TargetFailedException(
            $"arm {arm.Plan.Name}: none of {result.Counts.Started} requests was answered as expected ({errors}). " +
            "Check target.requests in the scenario file, and the arm's environment.");
    }
}
