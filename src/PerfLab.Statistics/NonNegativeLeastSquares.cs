using MathNet.Numerics.LinearAlgebra;

namespace PerfLab.Statistics;

/// <summary>
/// Least squares with coefficients that are not negative, by the active-set method (Lawson and Hanson 1974, Solving Least Squares
/// Problems, chapter 23), on the normal equations.
/// </summary>
public static class NonNegativeLeastSquares
{
    // Of a gradient and of a coefficient, in units in which every diagonal element is 1.
    private const double Tolerance = 1e-10;

    /// <summary>Finds the coefficients b of at least 0 that minimize b'Gb - 2c'b.</summary>
    /// <param name="products">G = X'X: symmetric and positive definite.</param>
    /// <param name="projections">c = X'y.</param>
    /// <exception cref="ArgumentException">The matrix is not square, not as large as the vector, or not positive definite.</exception>
    public static double[] Solve(IReadOnlyList<double[]> products, IReadOnlyList<double> projections)
    {
        var count = projections.Count;
        Guard.Finite(projections, nameof(projections));
        if (products.Count != count || products.Any(row => row.Length != count))
        {
            throw new ArgumentException("The matrix is not as large as the vector. Pass X'X and X'y of the same columns.", nameof(products));
        }

        // Columns of length 1: tolerances then mean the same for all.
        double[] scale = [.. Enumerable.Range(0, count).Select(column => Math.Sqrt(products[column][column]))];
        if (scale.Any(length => !(length > 0)))
        {
            throw new ArgumentException("A column is 0 everywhere. Leave it out.", nameof(products));
        }

        var scaled = Matrix<double>.Build.Dense(count, count, (row, column) => products[row][column] / (scale[row] * scale[column]));
        var target = Vector<double>.Build.Dense(count, row => projections[row] / scale[row]);
        var solution = ActiveSet(scaled, target, Tolerance * Math.Max(1e-300, target.AbsoluteMaximum()));
        return [.. solution.Select((value, column) => value / scale[column])];
    }

    private static Vector<double> ActiveSet(Matrix<double> products, Vector<double> projections, double tolerance)
    {
        var free = new List<int>();
        var solution = Vector<double>.Build.Dense(projections.Count);
        while (true)
        {
            var gradient = projections - (products * solution);
            var next = Enumerable.Range(0, projections.Count).Except(free).Where(column => gradient[column] > tolerance).OrderByDescending(column => gradient[column]).Take(1).ToList();
            if (next.Count == 0)
            {
                return solution;
            }

            free.Add(next[0]);
            while (SolveFree(products, projections, free) is var trial && free.Any(column => trial[column] <= 0))
            {
                // As far towards the trial as no coefficient becomes negative; those that are 0 then are not free any more.
                var step = free.Where(column => trial[column] <= 0).Min(column => solution[column] / (solution[column] - trial[column]));
                solution += step * (trial - solution);
                if (free.RemoveAll(column => solution[column] <= tolerance) == 0)
                {
                    return solution;
                }

                foreach (var column in Enumerable.Range(0, projections.Count).Except(free))
                {
                    solution[column] = 0;
                }
            }

            var settled = SolveFree(products, projections, free);
            if ((settled - solution).AbsoluteMaximum() <= tolerance)
            {
                return settled;
            }

            solution = settled;
        }
    }

    private static Vector<double> SolveFree(Matrix<double> products, Vector<double> projections, List<int> free)
    {
        var solution = Vector<double>.Build.Dense(projections.Count);
        if (free.Count > 0)
        {
            var part = Matrix<double>.Build.Dense(free.Count, free.Count, (row, column) => products[free[row], free[column]]);
            var values = part.Cholesky().Solve(Vector<double>.Build.Dense(free.Count, row => projections[free[row]]));
            foreach (var (column, index) in free.Select((column, index) => (column, index)))
            {
                solution[column] = values[index];
            }
        }

        return solution;
    }
}
