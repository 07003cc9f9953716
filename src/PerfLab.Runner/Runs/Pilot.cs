using System.Diagnostics;
using PerfLab.Experiments.Plans;
using PerfLab.Load;
using PerfLab.Runner.LaunchSets;
using PerfLab.Runner.Progress;

namespace PerfLab.Runner.Runs;

/// <summary>
/// Finds the capacity of every arm before the plan is made: one launch set, closed loop, the arms in turn. It also exercises
/// every arm once, so that a target that cannot run is found before anything is measured.
/// </summary>
internal static class Pilot
{
    // More connections than a core can serve at once: the target is never idle, and the queue stays short.
    private const int Connections = 16;
    private static readonly TimeSpan Visit = TimeSpan.FromMilliseconds(300);

    // The first visits warm up; the capacity is the median of the rest.
    private const int WarmVisits = 4;
    private const int CountedVisits = 3;

    /// <summary>Measures the capacity of arms that are alive; requests per second by arm name.</summary>
    /// <exception cref="Targets.TargetFailedException">An arm answers no request as expected.</exception>
    public static IReadOnlyDictionary<string, double> MeasureCapacity(
        IReadOnlyList<ArmInstance> arms,
        IRunProgress progress,
        CancellationToken cancellationToken)
    {
        var rates = arms.ToDictionary(arm => arm, _ => new List<double>());
        var scratch = new LatencyRecorder();
        for (var visit = 0; visit < WarmVisits + CountedVisits; visit++)
        {
            foreach (var arm in arms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new RunStep(RunPhase.Pilot, 0, 0) { Arm = arm.Plan.Name, Round = visit + 1, Rounds = WarmVisits + CountedVisits });
                arm.EnsureAlive();
                var result = arm.Driver.RunClosed(Connections, Visit, scratch, cancellationToken);
                EnsureAnswers(arm, result);
                if (visit >= WarmVisits)
                {
                    rates[arm].Add(result.AnsweredCount / result.ElapsedSeconds);
                }
            }
        }

        return rates.ToDictionary(rate => rate.Key.Plan.Name, rate => rate.Value.Order().ElementAt(CountedVisits / 2), StringComparer.Ordinal);
    }

    private static void EnsureAnswers(ArmInstance arm, LoadResult result)
    {
        if (result.AnsweredCount > 0)
        {
            return;
        }

        var errors = string.Join(", ", result.Errors.Select(error => $"{error.Key} {error.Value}"));
        throw new Targets.TargetFailedException(
            $"arm {arm.Plan.Name}: none of {result.StartedCount} requests was answered as expected ({errors}). " +
            "Check target.requests in the scenario file, and the arm's environment.");
    }
}
