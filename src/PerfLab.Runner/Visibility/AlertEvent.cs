namespace PerfLab.Runner.Visibility;

/// <summary>A trace as an alert rule sees it.</summary>
/// <param name="SeenSeconds">When it could be seen, from the beginning of the window.</param>
/// <param name="Counts">Whether it is one that the rule counts: one with an error, or a slow one.</param>
/// <param name="IsOfBurst">Whether its request was made in the burst.</param>
internal readonly record struct AlertEvent(double SeenSeconds, bool Counts, bool IsOfBurst);
