namespace PerfLab.Collector.Exports;

/// <summary>What became of an export request, in words that both transports can answer with.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Message">What failed, where, and what to do; null where nothing failed.</param>
/// <param name="RejectedSpans">Spans left out of a request that was otherwise taken.</param>
internal readonly record struct ExportOutcome(OutcomeKind Kind, string? Message = null, long RejectedSpans = 0)
{
    /// <summary>Gets the outcome of a request without faults.</summary>
    public static ExportOutcome Accepted => new(OutcomeKind.Accepted);
}
