namespace PerfLab.Analysis.Calibration;

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Slope">Rise for each unit.</param>
/// <param name="Offset">Value at zero.</param>
internal readonly record struct LeastSquares(double Slope, double Offset)
{
    /// <summary>Fits a line; null where the points have fewer than two places.</summary>
    internal static LeastSquares? Through(IReadOnlyList<(double X, double Y)> points)
    {
        var meanX = points.Average(point => point.X);
        var meanY = points.Average(point => point.Y);
        var spread = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        if (spread <= 0)
        {
            return null;
        }

        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        return new LeastSquares(slope, meanY - (slope * meanX));
    }
}
