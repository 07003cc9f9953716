namespace PerfLab.Analysis.Visibility;

/// <summary>What the arms of a run let one see.</summary>
/// <param name="Sentence">The answer in one sentence: how many failed requests each variant keeps, and what that costs.</param>
/// <param name="Arms">The arms in plan order.</param>
public sealed record RunVisibility(string Sentence, IReadOnlyList<ArmVisibility> Arms);
