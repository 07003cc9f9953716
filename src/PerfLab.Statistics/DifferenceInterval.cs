namespace PerfLab.Statistics;

/// <summary>
/// The interval of a difference of two independent estimates, recovered from their own intervals, which need be neither symmetric
/// nor of one method (MOVER: G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general
/// approach", Statistics in Medicine 27 (2008) 1693-1702). Its level is about that of the two.
/// </summary>
public static class DifferenceInterval
{
    /// <summary>Bounds second less first.</summary>
    /// <param name="first">Estimate with its bounds.</param>
    /// <param name="second">Estimate with its bounds, independent of the first.</param>
    /// <exception cref="ArgumentException">A number is not finite, or an estimate lies outside its bounds.</exception>
    public static (double Value, double Low, double High) Of((double Value, double Low, double High) first, (double Value, double Low, double High) second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));
        var value = second.Value - first.Value;
        return (
            value,
            value - Math.Sqrt(Square(second.Value - second.Low) + Square(first.High - first.Value)),
            value + Math.Sqrt(Square(second.High - second.Value) + Square(first.Value - first.Low)));
    }

    private static void Check((double Value, double Low, double High) estimate, string name)
    {
        Guard.Finite([estimate.Value, estimate.Low, estimate.High], name);
        if (estimate.Value < estimate.Low || estimate.Value > estimate.High)
        {
            throw new ArgumentException("The estimate lies outside its own interval. Pass value, lower and upper bound in this order.", name);
        }
    }

    private static double Square(double value) => value * value;
}
