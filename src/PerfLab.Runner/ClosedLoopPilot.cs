using System.Diagnostics;
using System.Globalization;
using PerfLab.Experiments.Results;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Machines;
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

    // A neighbor may take the machine for some seconds, and a cold service may come out of a rush late: an arm that answers nothing
    // is visited again, after a pause that grows from a quarter of a second to two.
    private const int MostAttempts = 5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);

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
            var (result, strain) = VisitUntilAnswered(arm, connections, scratch, cancellationToken);
            EnsureAnswers(arm, result, strain);
            rates[arm] = result.Counts.Answered / result.ElapsedSeconds;
        }

        return rates;
    }

    private static (LoadResult Result, MachineStrain Strain) VisitUntilAnswered(RunningArm arm, int connections, LatencyRecorder scratch, CancellationToken cancellationToken)
    {
        var reader = new StrainReader([.. arm.Processes.Select(process => process.ProcessId)]);
        var clock = Stopwatch.StartNew();
        var before = reader.Read();
        var pause = s_firstPause;
        for (var attempt = 1; ; attempt++, pause *= 2)
        {
            var result = arm.Driver.RunClosed(connections, Visit, scratch, cancellationToken);
            if (result.Counts.Answered > 0 || attempt == MostAttempts)
            {
                return (result, (reader.Read() - before).Over(clock.Elapsed.TotalSeconds));
            }

            cancellationToken.WaitHandle.WaitOne(pause);
            cancellationToken.ThrowIfCancellationRequested();
            arm.EnsureAlive();
        }
    }

    private static void EnsureAnswers(RunningArm arm, LoadResult result, MachineStrain strain)
    {
        if (result.Counts.Answered > 0)
        {
            return;
        }

        arm.EnsureSurvived();
        var errors = string.Join("; ", result.Errors.Select(error => $"{error.Key} {error.Value}: {result.ErrorExamples.GetValueOrDefault(error.Key, "no example")}"));
        throw new Targets.TargetFailedException(
            $"arm {arm.Plan.Name}: none of {result.Counts.Started} requests was answered as expected, {MostAttempts} times in a row ({errors}). " +
            (strain.LikelyCause == StrainCause.Neighbors
                ? string.Create(CultureInfo.InvariantCulture, $"Neighbors may be the cause: the hypervisor took {100 * strain.StealRatio ?? 0:0.#} % of a processor meanwhile, and processes waited for one {100 * strain.PressureRatio ?? 0:0} % of the time. Try at a quieter time. Else check")
                : strain.LikelyCause == StrainCause.Throttling ? string.Create(CultureInfo.InvariantCulture, $"The CPU quota of the control group may be the cause: it stopped processes for {100 * Math.Max(strain.ThrottledRatio ?? 0, strain.TargetThrottledRatio ?? 0):0.#} % of a processor's time meanwhile. Raise it. Else check")
                : "Check") + " target.requests in the scenario file, and the arm's environment.");
    }
}
