namespace PerfLab.Experiments.Results;

/// <summary>One process of an arm.</summary>
/// <param name="Name">Name in the scenario.</param>
/// <param name="ProcessId">Identity in the operating system.</param>
/// <param name="ReadySeconds">Time from its start to the first good answer of the ready check.</param>
/// <param name="ReadingSource">Where its readings come from: <c>probe</c>, <c>proc</c> or <c>none</c>.</param>
/// <param name="ExitCode">How it ended when asked to stop; null when it had to be killed.</param>
public sealed record ProcessRecord(string Name, int ProcessId, double ReadySeconds, string ReadingSource, int? ExitCode);
