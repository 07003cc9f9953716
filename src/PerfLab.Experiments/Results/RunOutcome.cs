namespace PerfLab.Experiments.Results;

/// <summary>How a run ended: the content of <c>outcome.json</c>, written last; a run without it was interrupted.</summary>
/// <param name="FormatVersion">Version of the format.</param>
/// <param name="Completed">Whether the planned number of valid launch sets was reached.</param>
/// <param name="ValidLaunchSets">Launch sets that count.</param>
/// <param name="VoidedLaunchSets">Launch sets that were voided or failed.</param>
/// <param name="Reason">Why it ended before its plan; null when completed.</param>
/// <param name="DurationSeconds">Wall-clock time of the run.</param>
public sealed record RunOutcome(
    int FormatVersion,
    bool Completed,
    int ValidLaunchSets,
    int VoidedLaunchSets,
    string? Reason,
    double DurationSeconds)
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormatVersion = 1;
}
