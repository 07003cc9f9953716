using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace PerfLab.Statistics;

/// <summary>One measured value: the level of its group, and what adds to it.</summary>
/// <param name="Group">Values of one group share a level that is not known, such as those of one run.</param>
/// <param name="Effects">How often each effect is in the value.</param>
/// <param name="Value">The value.</param>
/// <param name="StandardError">Standard error of the measuring alone; 0 or more.</param>
public sealed record EffectObservation(int Group, IReadOnlyList<double> Effects, double Value, double StandardError);

/// <summary>What another source says of a coefficient, independent of the observations.</summary>
/// <param name="Value">The coefficient.</param>
/// <param name="StandardError">Its standard error; above 0.</param>
public sealed record KnownEffect(double Value, double StandardError);

/// <summary>Effects with what is not known of them, enough to predict a sum of effects.</summary>
/// <param name="Coefficients">One for each effect, at least 0.</param>
/// <param name="Covariance">Their covariance.</param>
/// <param name="ResidualRatio">Standard deviation of a sum about its prediction, as a ratio of the sum: what the effects do not explain.</param>
/// <param name="DegreesOfFreedom">Of the interval; at least 1.</param>
public sealed record EffectModel(IReadOnlyList<double> Coefficients, IReadOnlyList<IReadOnlyList<double>> Covariance, double ResidualRatio, int DegreesOfFreedom)
{
    /// <summary>The sum of effects that is expected.</summary>
    /// <param name="effects">How often each effect is in it.</param>
    public double Sum(IReadOnlyList<double> effects) => effects.Zip(Coefficients, (count, each) => count * each).Sum();

    /// <summary>The variance of a sum of effects about its prediction: of the coefficients, and of what they do not explain of a new case.</summary>
    /// <param name="effects">How often each effect is in it.</param>
    public double VarianceOfNew(IReadOnlyList<double> effects) => VarianceOfSum(effects) + Math.Pow(ResidualRatio * Sum(effects), 2);

    /// <summary>The variance of a sum of effects that comes from the coefficients alone.</summary>
    /// <param name="effects">How often each effect is in it.</param>
    public double VarianceOfSum(IReadOnlyList<double> effects)
    {
        var sum = 0.0;
        for (var row = 0; row < effects.Count; row++)
        {
            for (var column = 0; column < effects.Count; column++)
            {
                sum += effects[row] * effects[column] * Covariance[row][column];
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>How far an interval reaches to each side of its value: Student's quantile times the standard error.</summary>
    /// <param name="variance">Square of the standard error.</param>
    /// <param name="level">Confidence level; 0.9 for 5 % on each side.</param>
    public double Reach(double variance, double level)
    {
        Guard.Probability(level, nameof(level));
        return StudentT.InvCDF(0, 1, DegreesOfFreedom, (1 + level) / 2) * Math.Sqrt(variance);
    }
}

/// <summary>
/// Linear regression of values on effects that are not negative, with a free level for each group and two errors: the known one of
/// measuring, and a lack of fit in proportion to the sum of effects, whose ratio is estimated so that the weighted sum of squares of
/// the residuals equals its degrees of freedom (Paule and Mandel 1982, Journal of Research of the National Bureau of Standards 87,
/// 377-385). Coefficients are those of non-negative least squares with these weights; their covariance is that of the regression
/// without the bound, which is never too small for them.
/// </summary>
public sealed class EffectRegression
{
    private const int Steps = 24;
    private const int MostRounds = 8;
    private const double LargestRatio = 2;

    // Of the largest value; a standard error of 0 must not make a weight infinite.
    private const double SmallestError = 1e-7;

    // An effect of which the others and the groups explain all but this share, by length, cannot be told from them.
    private const double Distinct = 0.03;

    private readonly Dictionary<int, Level> _levels;

    private EffectRegression(EffectModel model, Dictionary<int, Level> levels) => (Model, _levels) = (model, levels);

    /// <summary>Gets the effects.</summary>
    public EffectModel Model { get; }

    /// <summary>Finds which effects the observations tell apart from their groups and from the effects before them.</summary>
    /// <param name="observations">The observations.</param>
    /// <returns>Their numbers, from 0, in order.</returns>
    public static IReadOnlyList<int> Identify(IReadOnlyList<EffectObservation> observations)
    {
        var found = new List<int>();
        var basis = new List<Vector<double>>();
        for (var effect = 0; effect < (observations.Count == 0 ? 0 : observations[0].Effects.Count); effect++)
        {
            var column = Vector<double>.Build.Dense([.. observations.Select(one => one.Effects[effect])]);
            var means = observations.GroupBy(one => one.Group).ToDictionary(group => group.Key, group => group.Average(one => one.Effects[effect]));
            var rest = column - Vector<double>.Build.Dense([.. observations.Select(one => means[one.Group])]);
            foreach (var direction in basis)
            {
                rest -= direction * direction.DotProduct(rest);
            }

            if (rest.L2Norm() > Distinct * column.L2Norm())
            {
                found.Add(effect);
                basis.Add(rest.Normalize(2));
            }
        }

        return found;
    }

    /// <summary>Fits the effects.</summary>
    /// <param name="observations">Finite values; all with as many effects.</param>
    /// <param name="known">For each effect what another source says of it; null for nothing.</param>
    /// <returns>The fit; null where there are not more observations than unknowns.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or an effect cannot be told from others and is not known.</exception>
    public static EffectRegression? Fit(IReadOnlyList<EffectObservation> observations, IReadOnlyList<KnownEffect?> known)
    {
        Guard.Finite([.. observations.SelectMany(one => one.Effects), .. observations.Select(one => one.Value), .. observations.Select(one => one.StandardError)], nameof(observations));
        var freedom = observations.Count + known.Count(one => one is not null) - known.Count - observations.DistinctBy(one => one.Group).Count();
        if (freedom < 1)
        {
            return null;
        }

        var floor = SmallestError * observations.Max(one => Math.Abs(one.Value));
        double[] variances = [.. observations.Select(one => Math.Pow(Math.Max(one.StandardError, floor), 2))];
        var (ratio, sums) = (0.0, new double[observations.Count]);
        Equations equations;
        double[] coefficients;
        var round = 0;
        do
        {
            ratio = round == 0 ? 0 : RatioOf(freedom, candidate => Equations.Of(observations, known, Weights(candidate)).SumOfSquares());
            equations = Equations.Of(observations, known, Weights(ratio));
            coefficients = NonNegativeLeastSquares.Solve(equations.Products, equations.Projections);
            double[] next = [.. observations.Select(one => one.Effects.Zip(coefficients, (count, each) => count * each).Sum())];
            var isSettled = round > 0 && next.Zip(sums, (now, before) => Math.Abs(now - before)).Max() <= 1e-4 * next.Max();
            sums = next;
            if (isSettled)
            {
                break;
            }
        }
        while (++round < MostRounds);

        var covariance = equations.Covariance();
        return new EffectRegression(
            new EffectModel(coefficients, [.. covariance.EnumerateRows().Select(row => (IReadOnlyList<double>)row.ToArray())], ratio, freedom),
            equations.Levels);

        double[] Weights(double candidate) => [.. variances.Select((variance, index) => 1 / (variance + Math.Pow(candidate * sums[index], 2)))];
    }

    /// <summary>Predicts a value of a group that was fitted.</summary>
    /// <param name="group">The group.</param>
    /// <param name="effects">How often each effect is in the value.</param>
    /// <returns>The value, and its variance without that of measuring it.</returns>
    public (double Value, double Variance) PredictIn(int group, IReadOnlyList<double> effects)
    {
        var level = _levels[group];
        double[] beyond = [.. effects.Zip(level.Effects, (one, mean) => one - mean)];
        return (level.Value + Model.Sum(beyond), (1 / level.Weight) + Model.VarianceOfSum(beyond) + Math.Pow(Model.ResidualRatio * Model.Sum(effects), 2));
    }

    // The weighted sum of squares falls as the ratio grows.
    private static double RatioOf(int freedom, Func<double, double> sumOfSquares)
    {
        var (low, high) = (0.0, LargestRatio);
        if (sumOfSquares(low) <= freedom)
        {
            return low;
        }

        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = sumOfSquares(middle) > freedom ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>What a group's values have in common: weighted means, and the sum of the weights.</summary>
    private sealed record Level(double Value, double[] Effects, double Weight);

    /// <summary>The normal equations with the groups' levels eliminated: every column less its weighted mean in the group.</summary>
    private sealed class Equations
    {
        private readonly List<(double[] Effects, double Value, double Weight)> _rows = [];

        public required double[][] Products { get; init; }

        public required double[] Projections { get; init; }

        public required Dictionary<int, Level> Levels { get; init; }

        public static Equations Of(IReadOnlyList<EffectObservation> observations, IReadOnlyList<KnownEffect?> known, double[] weights)
        {
            var levels = observations.Zip(weights).GroupBy(pair => pair.First.Group).ToDictionary(group => group.Key, group =>
            {
                var weight = group.Sum(pair => pair.Second);
                return new Level(
                    group.Sum(pair => pair.Second * pair.First.Value) / weight,
                    [.. Enumerable.Range(0, known.Count).Select(effect => group.Sum(pair => pair.Second * pair.First.Effects[effect]) / weight)],
                    weight);
            });
            var equations = new Equations { Products = [.. known.Select(_ => new double[known.Count])], Projections = new double[known.Count], Levels = levels };
            for (var index = 0; index < observations.Count; index++)
            {
                var level = levels[observations[index].Group];
                equations.Add([.. observations[index].Effects.Zip(level.Effects, (one, mean) => one - mean)], observations[index].Value - level.Value, weights[index]);
            }

            for (var effect = 0; effect < known.Count; effect++)
            {
                if (known[effect] is { } other)
                {
                    var alone = new double[known.Count];
                    alone[effect] = 1;
                    equations.Add(alone, other.Value, 1 / Math.Pow(other.StandardError, 2));
                }
            }

            return equations;
        }

        /// <summary>The weighted sum of squares of the residuals of the regression without the bound.</summary>
        public double SumOfSquares()
        {
            var solution = Scaled().Cholesky().Solve(Vector<double>.Build.Dense(Projections.Length, row => Projections[row] / Scale(row)));
            return _rows.Sum(row => row.Weight * Math.Pow(row.Value - row.Effects.Select((count, effect) => count * solution[effect] / Scale(effect)).Sum(), 2));
        }

        public Matrix<double> Covariance() => Scaled().Cholesky().Solve(Matrix<double>.Build.DenseIdentity(Projections.Length)).MapIndexed((row, column, value) => value / (Scale(row) * Scale(column)));

        private void Add(double[] effects, double value, double weight)
        {
            _rows.Add((effects, value, weight));
            for (var row = 0; row < effects.Length; row++)
            {
                Projections[row] += weight * effects[row] * value;
                for (var column = 0; column < effects.Length; column++)
                {
                    Products[row][column] += weight * effects[row] * effects[column];
                }
            }
        }

        private double Scale(int column) => Math.Sqrt(Products[column][column]);

        private Matrix<double> Scaled() => Matrix<double>.Build.Dense(Projections.Length, Projections.Length, (row, column) => Products[row][column] / (Scale(row) * Scale(column)));
    }
}
