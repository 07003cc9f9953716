namespace PerfLab.Statistics.Tests;

public class BlockRatioTests
{
    private const int SeedBlocks = 20_261_125;

    // (1 + 2 + 3) / 30 = 0.2. The parts stray by -1, 0, 1 from 0.2 of their wholes: variance (1 + 0 + 1) / 2 = 1. Student's t for
    // two degrees of freedom is 4.30265 (NIST/SEMATECH e-Handbook, table 1.3.6.7.2): 4.30265 * sqrt(3 * 1) / 30 = 0.248414.
    [Fact]
    public void The_ratio_is_that_of_the_sums_and_its_interval_follows_the_scatter_of_the_blocks()
    {
        var (value, low, high) = BlockRatio.Of([(1, 10), (2, 10), (3, 10)]);

        Assert.Equal(0.2, value, 12);
        Assert.Equal(0.2 - 0.248414, low, 5);
        Assert.Equal(0.2 + 0.248414, high, 5);
    }

    [Fact]
    public void Blocks_of_one_share_leave_no_doubt_whatever_their_size() =>
        Assert.Equal((0.5, 0.5, 0.5), BlockRatio.Of([(1, 2), (5, 10), (50, 100)]));

    [Fact]
    public void What_has_no_ratio_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockRatio.Of([(1, 2)]));
        Assert.Throws<ArgumentException>(() => BlockRatio.Of([(0, 0), (0, 0)]));
        Assert.Throws<ArgumentException>(() => BlockRatio.Of([(double.NaN, 1), (1, 1)]));
    }

    // Seconds of about 900 samples whose share moves from second to second, as when garbage is collected or a batch exported: taken
    // one by one as independent, the samples would give an interval of 0.6 points, which holds the share in about a third of cases.
    [Fact]
    public void Samples_that_depend_on_each_other_within_a_block_do_not_take_the_coverage_away()
    {
        const int Repetitions = 20_000;
        const double Share = 0.2;
        var draws = new Draws(SeedBlocks);
        var covered = 0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var blocks = new (double, double)[20];
            for (var block = 0; block < blocks.Length; block++)
            {
                var whole = 900 + (60 * draws.Normal());
                blocks[block] = (whole * (Share + (0.06 * draws.Normal())), whole);
            }

            var (_, low, high) = BlockRatio.Of(blocks);
            covered += low <= Share && high >= Share ? 1 : 0;
        }

        Assert.InRange((double)covered / Repetitions, 0.94, 0.96);
    }
}
