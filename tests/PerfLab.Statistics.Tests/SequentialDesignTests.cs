namespace PerfLab.Statistics.Tests;

public sealed class SequentialDesignTests
{
    private const double Level = 0.05;

    private static readonly int[] s_looks = [7, 9, 11, 12];

    [Fact]
    public void One_look_rejects_where_the_exact_test_does()
    {
        // 2 P(W+ <= 13) = 0.0425 and 2 P(W+ <= 14) = 0.0522 at n = 12 (Hollander, Wolfe and Chicken 2014, table A.4).
        var design = SequentialDesign.Create([12], [Level], Bits(1), paths: 1_000);

        Assert.Equal(0.0425, design.NominalAlpha(0, 0), 4);
        Assert.Equal([12], design.Looks);
    }

    [Fact]
    public void The_first_look_has_its_exact_share_of_the_error()
    {
        // 5 % times 7 / 12 is 2.9 %: P = 2 / 128 = 1.6 % fits and 2 * 2 / 128 = 3.1 % does not.
        Assert.Equal(2.0 / 128, SequentialDesign.Create(s_looks, [Level], Bits(1), paths: 1_000).NominalAlpha(0, 0), 12);
    }

    [Fact]
    public void A_look_at_which_no_result_is_extreme_enough_rejects_nothing() =>
        Assert.Equal(0, SequentialDesign.Create([5, 12], [Level], Bits(1), paths: 1_000).NominalAlpha(0, 0));

    [Fact]
    public void Each_level_has_boundaries_of_its_own_and_a_smaller_one_rejects_less()
    {
        var design = SequentialDesign.Create(s_looks, [Level, Level / 5], Bits(2), paths: 50_000);

        Assert.All(Enumerable.Range(0, s_looks.Length), look => Assert.True(design.NominalAlpha(look, 1) < design.NominalAlpha(look, 0)));
        Assert.All(Enumerable.Range(0, s_looks.Length), look => Assert.InRange(design.NominalAlpha(look, 0), 0.001, Level));
    }

    [Fact]
    public void The_same_seed_gives_the_same_design() => Assert.Equal(
        Alphas(SequentialDesign.Create(s_looks, [Level], Bits(3), paths: 20_000)),
        Alphas(SequentialDesign.Create(s_looks, [Level], Bits(3), paths: 20_000)));

    // The values are real draws and the intervals real Walsh averages: nothing of the simulation inside the design is used.
    [Theory]
    [InlineData("normal", 12)]
    [InlineData("skewed differences", 12)]
    [InlineData("outliers", 12)]
    [InlineData("normal", 40)]
    [InlineData("skewed differences", 40)]
    [InlineData("outliers", 40)]
    public void Repeated_intervals_cover_at_all_looks_together(string shape, int planned)
    {
        const int Runs = 4_000;
        var draws = new Draws(20_261_129);
        int[] looks = planned == 12 ? s_looks : [8, 18, 29, 40];
        var design = SequentialDesign.Create(looks, [Level], Bits(4));
        var missed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var values = Draws.Many(planned, shape switch
            {
                "normal" => draws.Normal,
                "outliers" => draws.OutlierRidden,
                _ => () => draws.Skewed() - draws.Skewed(),
            });
            missed += Enumerable.Range(0, looks.Length).Any(look => !Covers(values.AsSpan(0, looks[look]), design.NominalAlpha(look, 0))) ? 1 : 0;
        }

        // At most 5 % by design; three standard errors of 4,000 runs are 1.03 percentage points.
        Assert.InRange((double)missed / Runs, 0.02, Level + 0.0103);
    }

    [Fact]
    public void More_than_one_look_costs_little_of_the_last_one()
    {
        var alphas = Alphas(SequentialDesign.Create(s_looks, [Level], Bits(5)));

        // An interval at 2 % instead of 5 % is about a sixth wider.
        Assert.InRange(alphas[^1], 0.015, 0.045);
    }

    [Theory]
    [InlineData]
    [InlineData(0, 5)]
    [InlineData(6, 6)]
    [InlineData(8, 7)]
    [InlineData(8, 65)]
    public void Looks_must_ascend_within_the_range(params int[] looks) =>
        Assert.Throws<ArgumentException>(() => SequentialDesign.Create(looks, [Level], Bits(1), 1_000));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_must_lie_between_zero_and_one(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SequentialDesign.Create([6], [level], Bits(1), 1_000));

    private static bool Covers(ReadOnlySpan<double> values, double alpha) =>
        SignedRankInterval.Of(values.ToArray(), 1 - alpha) is not { } interval || (interval.Low <= 0 && interval.High >= 0);

    private static double[] Alphas(SequentialDesign design) => [.. Enumerable.Range(0, design.Looks.Count).Select(look => design.NominalAlpha(look, 0))];

    private static Func<ulong> Bits(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[8];
        return () =>
        {
            random.NextBytes(bytes);
            return BitConverter.ToUInt64(bytes);
        };
    }
}
