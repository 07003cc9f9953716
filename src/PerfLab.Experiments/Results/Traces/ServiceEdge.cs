namespace PerfLab.Experiments.Results.Traces;

/// <summary>Calls from one service to another, or to something that exports no spans itself.</summary>
/// <param name="From">Who called; <c>(client)</c> for requests from outside.</param>
/// <param name="To">Who was called.</param>
/// <param name="Calls">How often.</param>
/// <param name="Errors">Calls whose span has the status error.</param>
/// <param name="MedianSeconds">Median duration of the called side's span, or of the caller's where the called side exports none.</param>
/// <param name="P99Seconds">The 99th percentile of the same.</param>
public sealed record ServiceEdge(string From, string To, long Calls, long Errors, double MedianSeconds, double P99Seconds);
