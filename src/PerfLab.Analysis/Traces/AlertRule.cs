using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Traces;

/// <summary>
/// Replays an alert rule over the traces that could be seen: at every look it fires if, of those that came within the last
/// window, at least a share counts. Nothing is weighted by a sampling rate, as most back ends have it.
/// </summary>
/// <param name="windowSeconds">The window.</param>
/// <param name="ratio">The share.</param>
/// <param name="atLeast">Fewer traces fire nothing.</param>
internal sealed class AlertRule(double windowSeconds, double ratio, int atLeast)
{
    /// <summary>How often the rule is looked at.</summary>
    public const double EvaluationIntervalSeconds = 0.1;

    /// <summary>Replays the rule.</summary>
    /// <param name="events">The traces, in any order.</param>
    /// <param name="burstSeconds">When the burst began.</param>
    /// <param name="endSeconds">When looking ends.</param>
    public AlertRecord Replay(IEnumerable<AlertEvent> events, double burstSeconds, double endSeconds)
    {
        AlertEvent[] ordered = [.. events.OrderBy(seen => seen.SeenSeconds)];
        var (isFiring, falseCount, wasFiring, burstSeen) = (false, 0, false, false);
        double? delay = null;
        for (var look = 1; look * EvaluationIntervalSeconds <= endSeconds + 1e-9; look++)
        {
            var now = look * EvaluationIntervalSeconds;
            var window = ordered.Where(seen => seen.SeenSeconds <= now && seen.SeenSeconds > now - windowSeconds).ToList();
            var fires = window.Count >= atLeast && window.Count(seen => seen.Counts) >= ratio * window.Count;
            var hasBurst = window.Any(seen => seen is { IsOfBurst: true, Counts: true });
            if (hasBurst && !burstSeen)
            {
                burstSeen = true;
                wasFiring = isFiring;
            }

            if (fires && !isFiring)
            {
                falseCount += hasBurst ? 0 : 1;
                delay ??= hasBurst ? now - burstSeconds : null;
            }

            isFiring = fires;
        }

        return new AlertRecord(delay, wasFiring, falseCount);
    }
}

/// <summary>A trace as an alert rule sees it.</summary>
/// <param name="SeenSeconds">When it could be seen, from the beginning of the window.</param>
/// <param name="Counts">Whether it is one that the rule counts: one with an error, or a slow one.</param>
/// <param name="IsOfBurst">Whether its request was made in the burst.</param>
internal readonly record struct AlertEvent(double SeenSeconds, bool Counts, bool IsOfBurst);
