namespace PerfLab.Experiments.Results;

/// <summary>A round that does not count, for a reason that is not the value being judged.</summary>
/// <param name="Round">Its number, from 0, in the order of measuring.</param>
/// <param name="Code">The reason in kebab case: <c>starts-late</c> or <c>noisy-neighbour</c>.</param>
/// <param name="Facts">What was seen, with its numbers.</param>
public sealed record VoidedRound(int Round, string Code, string Facts);
