namespace PerfLab.Collector.Exports;

/// <summary>What became of an export request, in words that both transports can answer with.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Message">What failed, where, and what to do; null where nothing failed.</param>
/// <param name="RejectedSpans">Spans left out of a request that was otherwise taken.</param>
/// <param name="RetryAfterSeconds">When the sender may try again; null says nothing about it.</param>
/// <param name="SilentUntil">When a silence ends.</param>
internal readonly record struct ExportOutcome(
    OutcomeKind Kind,
    string? Message = null,
    long RejectedSpans = 0,
    double? RetryAfterSeconds = null,
    CancellationToken SilentUntil = default)
{
    /// <summary>Gets the outcome of a request without faults.</summary>
    public static ExportOutcome Accepted => new(OutcomeKind.Accepted);
}
