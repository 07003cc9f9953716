namespace PerfLab.Analysis.Trust;

/// <summary>The trust in a run with its reasons. It is about the measuring; what an arm does wrong is said of that arm (<see cref="ArmHealth"/>).</summary>
/// <param name="Level">The level.</param>
/// <param name="Headline">One sentence with the control's intervals.</param>
/// <param name="Reasons">One sentence for each thing that lowered or carried the trust.</param>
public sealed record RunTrust(TrustLevel Level, string Headline, IReadOnlyList<string> Reasons);

/// <summary>Whether a run's numbers may be used to decide.</summary>
public enum TrustLevel
{
    /// <summary>There is not enough to say: too few launch sets, or no control.</summary>
    Undecided = 0,

    /// <summary>The control is judged Same for every primary metric that the target has.</summary>
    Trusted = 1,

    /// <summary>The control is Inconclusive for a primary metric: nothing below the spread it showed can be decided.</summary>
    Limited = 2,

    /// <summary>The control is judged Slower or Faster: the run decides nothing.</summary>
    Untrusted = 3,
}
