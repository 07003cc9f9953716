using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Visibility;

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
    public const double LookSeconds = 0.1;

    /// <summary>Replays the rule.</summary>
    /// <param name="events">The traces, in any order.</param>
    /// <param name="burstSeconds">When the burst began.</param>
    /// <param name="endSeconds">When looking ends.</param>
    public AlertRecord Replay(IEnumerable<AlertEvent> events, double burstSeconds, double endSeconds)
    {
        AlertEvent[] ordered = [.. events.OrderBy(seen => seen.SeenSeconds)];
        var (isFiring, falseCount, wasFiring, burstSeen) = (false, 0, false, false);
        double? delay = null;
        for (var look = 1; look * LookSeconds <= endSeconds + 1e-9; look++)
        {
            var now = look * LookSeconds;
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
