namespace PerfLab.Experiments.Results.Benches;

/// <summary>Many connections open at once.</summary>
/// <param name="Connections">How many.</param>
/// <param name="Opened">How many were made; more than that means that some were lost. Null when not measured.</param>
/// <param name="Answered">Answers on them.</param>
/// <param name="Errors">Errors of all kinds.</param>
public sealed record ConnectionBench(int Connections, long? Opened, long Answered, long Errors);
