namespace PerfLab.Runner.Targets;

/// <summary>Where the runner finds things.</summary>
/// <param name="Root">The folder that holds <c>scenarios/</c>: <c>{root}</c> in scenario files.</param>
/// <param name="Targets">The folder with the built targets: <c>{targets}</c> in scenario files.</param>
/// <param name="ProbeAssembly">The probe's assembly; null runs without it.</param>
public sealed record RunnerFolders(string Root, string Targets, string? ProbeAssembly);
