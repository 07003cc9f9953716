namespace PerfLab.Experiments.Scenarios;

/// <summary>A kind of personal data that a scenario looks for in exported spans, beyond those that are always looked for.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Pattern">A regular expression of .NET without look-around and back references, so that it runs in linear time.</param>
public sealed record PersonalDataPattern(string Name, string Pattern);
