using PerfLab.Experiments.Plans;
using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.RunPairs;

/// <summary>One of two runs that are compared.</summary>
/// <param name="Manifest">Where and with what it was made.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Analysis">What its numbers say.</param>
public sealed record RunSide(Manifest Manifest, Plan Plan, RunAnalysis Analysis);
