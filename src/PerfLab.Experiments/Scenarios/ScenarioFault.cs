namespace PerfLab.Experiments.Scenarios;

/// <summary>One thing that is wrong in a scenario file.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="Message">What is wrong with its value, and what to do.</param>
public sealed record ScenarioFault(long Line, long Column, string Message);
