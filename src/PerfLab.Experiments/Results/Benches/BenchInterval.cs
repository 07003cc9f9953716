namespace PerfLab.Experiments.Results.Benches;

/// <summary>An estimate with its interval, as a bench writes it.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record BenchInterval(double Estimate, double Low, double High)
{
    /// <summary>Gets how far the ends lie from the middle.</summary>
    public double HalfWidth => (High - Low) / 2;
}
