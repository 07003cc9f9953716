namespace PerfLab.Analysis;

/// <summary>The trust in a run with its reasons.</summary>
/// <param name="Level">The level.</param>
/// <param name="Headline">One sentence with the control's intervals.</param>
/// <param name="Reasons">One sentence for each thing that lowered or carried the trust.</param>
public sealed record Trust(TrustLevel Level, string Headline, IReadOnlyList<string> Reasons);
