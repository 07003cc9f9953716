namespace PerfLab.Analysis.Symptoms;

/// <summary>What one visit to one arm cost.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Round">The round, from 0.</param>
/// <param name="Position">The place within the round, from 0.</param>
/// <param name="Seconds">CPU seconds per request.</param>
/// <param name="LogRatio">Logarithm of the ratio to the arm's median in this launch set.</param>
internal sealed record SliceCost(string Arm, int Round, int Position, double Seconds, double LogRatio);
