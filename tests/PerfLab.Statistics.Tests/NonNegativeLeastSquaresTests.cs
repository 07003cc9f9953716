namespace PerfLab.Statistics.Tests;

public sealed class NonNegativeLeastSquaresTests
{
    private const int Seed = 20_261_129;

    // The examples of scipy.optimize.nnls (SciPy 1.14).
    [Theory]
    [InlineData(new[] { 2.0, 1.0, 1.0 }, new[] { 1.5, 1.0 })]
    [InlineData(new[] { -1.0, -1.0, -1.0 }, new[] { 0.0, 0.0 })]
    public void Published_solutions_are_found(double[] values, double[] expected)
    {
        double[][] rows = [[1, 0], [1, 0], [0, 1]];

        Assert.Equal(expected, Solve(rows, values), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    // The minimum is one of the solutions of ordinary least squares on a subset of the columns: the best of those without a negative coefficient.
    [Fact]
    public void It_is_the_best_of_all_subsets_of_columns_whose_coefficients_are_not_negative()
    {
        var draws = new Draws(Seed);
        for (var repetition = 0; repetition < 500; repetition++)
        {
            double[][] rows = [.. Enumerable.Range(0, 9).Select(_ => Draws.Many(5, draws.Normal))];
            var values = Draws.Many(9, draws.Normal);

            var solution = Solve(rows, values);

            Assert.All(solution, value => Assert.True(value >= 0));
            Assert.Equal(BestSubset(rows, values), Residual(rows, values, solution), 1e-9);
        }
    }

    [Fact]
    public void What_is_no_system_of_equations_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([[0, 0], [0, 0]], [1, 1]));
        Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([[1, 0, 0], [0, 1, 0]], [1, 1]));
        Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([[1]], [double.NaN]));
    }

    private static double[] Solve(double[][] rows, double[] values)
    {
        var (products, projections) = Normal(rows, values, [.. Enumerable.Range(0, rows[0].Length)]);
        return NonNegativeLeastSquares.Solve(products, projections);
    }

    private static double BestSubset(double[][] rows, double[] values)
    {
        var columns = rows[0].Length;
        var best = values.Sum(value => value * value);
        for (var mask = 1; mask < 1 << columns; mask++)
        {
            int[] subset = [.. Enumerable.Range(0, columns).Where(column => (mask >> column & 1) == 1)];
            var (products, projections) = Normal(rows, values, subset);
            var part = Gauss(products, projections);
            if (part.All(value => value >= 0))
            {
                var solution = new double[columns];
                for (var index = 0; index < subset.Length; index++)
                {
                    solution[subset[index]] = part[index];
                }

                best = Math.Min(best, Residual(rows, values, solution));
            }
        }

        return best;
    }

    private static double Residual(double[][] rows, double[] values, double[] solution) =>
        rows.Zip(values, (row, value) => Math.Pow(value - row.Zip(solution, (one, other) => one * other).Sum(), 2)).Sum();

    private static (double[][] Products, double[] Projections) Normal(double[][] rows, double[] values, int[] columns)
    {
        double[][] products = [.. columns.Select(row => columns.Select(column => rows.Sum(one => one[row] * one[column])).ToArray())];
        return (products, [.. columns.Select(column => rows.Zip(values, (one, value) => one[column] * value).Sum())]);
    }

    private static double[] Gauss(double[][] matrix, double[] right)
    {
        double[][] a = [.. matrix.Select(row => row.ToArray())];
        double[] b = [.. right];
        var count = b.Length;
        for (var pivot = 0; pivot < count; pivot++)
        {
            for (var row = pivot + 1; row < count; row++)
            {
                var factor = a[row][pivot] / a[pivot][pivot];
                b[row] -= factor * b[pivot];
                for (var column = pivot; column < count; column++)
                {
                    a[row][column] -= factor * a[pivot][column];
                }
            }
        }

        for (var row = count - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < count; column++)
            {
                b[row] -= a[row][column] * b[column];
            }

            b[row] /= a[row][row];
        }

        return b;
    }
}
