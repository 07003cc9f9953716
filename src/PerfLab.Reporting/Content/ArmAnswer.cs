using PerfLab.Experiments.Findings;

namespace PerfLab.Reporting.Content;

/// <summary>The answer for one arm, with the findings that are about it.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Mark">The word that marks baseline and control; null for a variant.</param>
/// <param name="Meaning">The arm's one-line meaning.</param>
/// <param name="Answer">The sentence of answer.</param>
/// <param name="Findings">Warnings and worse about this arm.</param>
internal sealed record ArmAnswer(string Arm, string? Mark, string Meaning, string Answer, IReadOnlyList<Finding> Findings);
