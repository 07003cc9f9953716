namespace PerfLab.Experiments.Results;

/// <summary>A run was asked for that does not exist, or that is not the only one of its description.</summary>
/// <param name="message">What was asked for, where it was looked for, and what there is.</param>
public sealed class RunNotFoundException(string message) : Exception(message);
