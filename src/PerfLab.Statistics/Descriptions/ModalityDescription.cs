namespace PerfLab.Statistics.Descriptions;

/// <summary>How many heaps values lie in.</summary>
/// <param name="Modes">Places of the heaps' tops, ascending; at least one.</param>
/// <param name="Bandwidth">Smoothing behind the description, in the values' unit; 0 when most values are equal.</param>
public sealed record ModalityDescription(IReadOnlyList<double> Modes, double Bandwidth)
{
    /// <summary>Gets a value indicating whether one centre describes the values.</summary>
    public bool IsUnimodal => Modes.Count == 1;
}
