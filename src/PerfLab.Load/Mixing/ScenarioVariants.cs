namespace PerfLab.Load.Mixing;

/// <summary>Where the requests of one scenario lie in the list of all: variant after variant, each with its steps in order.</summary>
/// <param name="First">Index of the first step of the first variant.</param>
/// <param name="Count">Number of variants.</param>
/// <param name="Steps">Number of steps.</param>
internal readonly record struct ScenarioVariants(int First, int Count, int Steps);
