using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Noise;

/// <summary>What is known of the machine's noise, to stand beside the verdicts.</summary>
/// <param name="Knowledge">Whether there is a profile that applies.</param>
/// <param name="Profile">The profile; null unless it applies.</param>
/// <param name="Sentences">What it says, or why there is none and what to do.</param>
public sealed record MachineNoise(NoiseKnowledge Knowledge, NoiseProfile? Profile, IReadOnlyList<string> Sentences);
