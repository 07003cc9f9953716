namespace PerfLab.Statistics.Tests;

public sealed class EffectRegressionTests
{
    private const int SeedNewArms = 20_261_130;
    private const int SeedKnown = 20_261_131;
    private const int Repetitions = 2_000;

    // Effects of arms as in scenarios/cost-model.yaml: 1, not sampled, recorded, exported, of them HTTP, attributes, events, kB.
    private static readonly double[][] s_arms =
    [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [1, 11, 0, 0, 0, 0, 0, 0],
        [1, 9.9, 1.1, 1.1, 0.7, 6.1, 0, 0.31],
        [1, 0, 11, 0, 7, 61, 0, 0],
        [1, 0, 11, 0, 7, 210, 0, 0],
        [1, 0, 11, 11, 7, 61, 0, 3.1],
        [1, 0, 4, 4, 0, 11, 0, 0.9],
        [1, 0, 19, 19, 7, 93, 0, 5.6],
        [1, 0, 11, 11, 7, 130, 0, 5.4],
        [1, 0, 11, 11, 7, 130, 0, 18.1],
        [1, 0, 11, 11, 7, 50, 80, 7],
        [1, 0, 4, 4, 0, 0, 40, 6.4],
        [1, 9.5, 9.5, 9.5, 3.5, 61, 0, 3.7],
    ];

    // Microseconds: of a request, a span not sampled, recorded, exported, of HTTP, an attribute, an event, a kilobyte.
    private static readonly double[] s_costs = [2, 0.2, 0.6, 1.2, 1.5, 0.08, 0.3, 0.4];

    [Fact]
    public void Longleys_data_give_the_values_that_NIST_certifies()
    {
        // Statistical Reference Datasets, "Longley". Certified standard deviation of the residuals: 304.854073561965.
        double[] values = [60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551];
        double[][] columns =
        [
            [83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9],
            [234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704, 502601, 518173, 554894],
            [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
            [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
            [107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366, 125368, 127852, 130081],
            [.. Enumerable.Range(1947, 16).Select(year => (double)year)],
        ];
        double[] certified = [15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355];
        double[] errors = [84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675, 0.226073200069370, 455.478499142212];

        // A column whose certified coefficient is negative counts backwards.
        var observations = values.Select((value, row) => new EffectObservation(0, [.. columns.Select((column, index) => column[row] * Math.Sign(certified[index]))], value, 304.8540736)).ToList();
        var fit = EffectRegression.Fit(observations, new KnownEffect?[6])!;

        Assert.Equal(9, fit.Model.DegreesOfFreedom);
        Assert.Equal(0, fit.Model.ResidualRatio);
        Assert.All(certified.Zip(fit.Model.Coefficients), pair => Assert.Equal(1, pair.Second / Math.Abs(pair.First), 1e-7));
        Assert.All(errors.Select((error, index) => (error, Math.Sqrt(fit.Model.Covariance[index][index]))), pair => Assert.Equal(1, pair.Item2 / pair.error, 1e-6));
        Assert.Equal(values.Average(), fit.PredictIn(0, [.. columns.Select((column, index) => column.Average() * Math.Sign(certified[index]))]).Value, 1e-6);
    }

    [Fact]
    public void Without_any_error_the_coefficients_come_back_whatever_the_levels_of_the_groups()
    {
        var observations = Enumerable.Range(0, 2).SelectMany(group => s_arms.Select(arm => new EffectObservation(group, arm, (100 * group) + 300 + Sum(arm, s_costs), 0.01))).ToList();

        var fit = EffectRegression.Fit(observations, new KnownEffect?[8])!;

        Assert.All(s_costs.Zip(fit.Model.Coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal((2 * s_arms.Length) - 8 - 2, fit.Model.DegreesOfFreedom);
    }

    [Fact]
    public void An_effect_that_never_varies_or_always_goes_with_others_is_not_told_apart()
    {
        // Recorded spans vary; exported are as many; attributes are always 5 a span; an event is in every request.
        var observations = new[] { 0, 1.1, 5.5, 11 }.Select((spans, index) => new EffectObservation(0, [spans, spans * 0.9999, 5 * spans, 3], index, 1)).ToList();

        Assert.Equal([0], EffectRegression.Identify(observations));
    }

    [Fact]
    public void What_another_source_knows_of_an_effect_stands_where_the_observations_cannot_tell()
    {
        // Two effects that always go together cost 10; one of them is known to cost 4 with an error of 1.
        var observations = new[] { 0, 1, 2, 3, 4.0 }.Select(count => new EffectObservation(0, [count, count], 50 + (10 * count), 0.1)).ToList();

        var fit = EffectRegression.Fit(observations, [null, new KnownEffect(4, 1)])!;

        Assert.Equal([6, 4], fit.Model.Coefficients, (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.Equal(1, fit.Model.Covariance[1][1], 0.01);

        // Together they are known as well as the observations know them.
        Assert.Equal(0.1 * 0.1 / 10, fit.Model.VarianceOfSum([1, 1]), 1e-6);
    }

    [Fact]
    public void No_fit_without_more_observations_than_unknowns()
    {
        Assert.Null(EffectRegression.Fit([new(0, [1], 1, 1), new(0, [2], 2, 1)], [null]));
        Assert.NotNull(EffectRegression.Fit([new(0, [1], 1, 1), new(0, [2], 2, 1)], [new KnownEffect(1, 1)]));
        Assert.Throws<ArgumentException>(() => EffectRegression.Fit([new(0, [double.NaN], 1, 1), new(0, [2], 2, 1), new(0, [3], 2, 1)], [null]));
    }

    // Each time one arm is drawn, with its own lack of fit, and predicted from a fit to the others: what `predict` does for a service, and
    // its check for an arm. SD of a count at 90 %: sqrt(0.9 * 0.1 / 2,000) = 0.7 points.
    [Theory]
    [InlineData(0.0, false, 1)]
    [InlineData(0.05, false, 1)]
    [InlineData(0.15, false, 1)]
    [InlineData(0.05, true, 1)]
    [InlineData(0.05, false, 2)]
    [InlineData(0.15, true, 2)]
    public void The_90_percent_interval_holds_nine_in_ten_arms_that_the_fit_has_not_seen(double lackOfFit, bool someCostNothing, int runs)
    {
        var draws = new Draws(SeedNewArms);
        double[] costs = someCostNothing ? [0, 0.2, 0.6, 1.2, 1.5, 0.08, 0, 0] : s_costs;
        var (covered, drawn) = (0, 0);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var all = Enumerable.Range(0, runs).SelectMany(run => s_arms.Select(arm => Draw(draws, run, arm, costs, lackOfFit))).ToList();
            var held = 2 + (repetition % (s_arms.Length - 2));
            var rest = all.Where((_, index) => index != held).ToList();
            if (EffectRegression.Identify(rest).Count < 8)
            {
                continue;
            }

            var fit = EffectRegression.Fit(rest, new KnownEffect?[8])!;
            var (value, variance) = fit.PredictIn(0, all[held].Effects);
            drawn++;
            covered += Math.Abs(all[held].Value - value) <= fit.Model.Reach(variance + Math.Pow(all[held].StandardError, 2), 0.9) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{(double)covered / drawn:0.000} of {drawn}");
        Assert.InRange((double)covered / drawn, 0.87, 0.99);
    }

    private static EffectObservation Draw(Draws draws, int run, double[] arm, double[] costs, double lackOfFit) =>
        new(run, arm, 350 + (60 * run) + (Sum(arm, costs) * (1 + (lackOfFit * draws.Normal()))) + (0.7 * draws.Normal()), 0.7);

    // A service that is none of the arms, by costs that are drawn as well: the interval of its overhead.
    [Fact]
    public void The_90_percent_interval_holds_nine_in_ten_services_whatever_they_cost()
    {
        var draws = new Draws(SeedKnown);
        double[] service = [1, 16.2, 1.8, 1.8, 1.1, 10.8, 0.2, 0.6];
        var covered = 0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            double[] costs = [.. s_costs.Select(cost => cost * Math.Exp(0.5 * draws.Normal()))];
            var fit = EffectRegression.Fit([.. s_arms.Select(arm => Draw(draws, 0, arm, costs, 0.05))], new KnownEffect?[8])!;
            var truth = Sum(service, costs) * (1 + (0.05 * draws.Normal()));
            covered += Math.Abs(truth - fit.Model.Sum(service)) <= fit.Model.Reach(fit.Model.VarianceOfNew(service), 0.9) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{(double)covered / Repetitions:0.000}");
        Assert.InRange((double)covered / Repetitions, 0.87, 0.99);
    }

    private static double Sum(double[] arm, double[] costs) => arm.Zip(costs, (count, cost) => count * cost).Sum();
}
