namespace PerfLab.Experiments.Scenarios;

/// <summary>A GET that is repeated until it answers 2xx.</summary>
/// <param name="Path">Absolute path, for example <c>/health</c>.</param>
/// <param name="Timeout">How long a process may take from its start; default 30 s.</param>
public sealed record ReadyCheck(string Path, TimeSpan Timeout);
