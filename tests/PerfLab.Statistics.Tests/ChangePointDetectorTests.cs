namespace PerfLab.Statistics.Tests;

public class ChangePointDetectorTests
{
    private const int SeedNoChange = 20_261_111;
    private const int SeedShift = 20_261_112;
    private const int SeedSpread = 20_261_113;
    private const int SeedRecall = 20_261_114;

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(120)]
    public void A_series_without_change_rarely_gets_one(int count)
    {
        var draws = new Draws(SeedNoChange);
        var wrong = Enumerable.Range(0, 200).Count(_ => ChangePointDetector.Find(Draws.Many(count, draws.Normal)).Count > 0);

        // Counting error: sqrt(0.05 * 0.95 / 200) = 1.5 %.
        Assert.InRange(wrong / 200.0, 0, 0.065);
    }

    [Fact]
    public void A_shift_of_three_deviations_is_found_within_two_places()
    {
        var draws = new Draws(SeedShift);
        var found = Enumerable.Range(0, 100).Count(_ =>
            ChangePointDetector.Find([.. Enumerable.Range(0, 60).Select(i => draws.Normal() + (i < 40 ? 0 : 3))]) is [>= 38 and <= 42]);

        Assert.InRange(found, 95, 100);
    }

    // A history of 90 nights whose level shifts twice, at nights drawn ten apart or more; what is found within three nights of a shift is
    // right. The bars lie below what docs/statistics.md states by three standard errors of 200 histories.
    [Theory]
    [InlineData(nameof(Draws.Normal), 1, 0.57, 0.22)]
    [InlineData(nameof(Draws.Normal), 2, 0.91, 0.89)]
    [InlineData(nameof(Draws.Normal), 3, 0.97, 0.97)]
    [InlineData(nameof(Draws.Skewed), 2, 0.95, 0.94)]
    [InlineData(nameof(Draws.OutlierRidden), 2, 0.80, 0.58)]
    public void Of_two_shifts_in_ninety_nights_precision_and_recall_are_as_documented(string noise, double deviations, double leastPrecision, double leastRecall)
    {
        var draws = new Draws(SeedRecall);
        Func<double> draw = noise switch { nameof(Draws.Skewed) => () => draws.Skewed() / 2.161, nameof(Draws.OutlierRidden) => draws.OutlierRidden, _ => draws.Normal };
        var (right, found, planted) = (0, 0, 0);
        for (var history = 0; history < 200; history++)
        {
            var first = 10 + (int)(draws.Uniform() * 30);
            var second = first + 10 + (int)(draws.Uniform() * (80 - first - 10));
            var changes = ChangePointDetector.Find([.. Enumerable.Range(0, 90).Select(night => draw() + (night >= first && night < second ? deviations : 0))]);
            found += changes.Count;
            planted += 2;
            right += new[] { first, second }.Count(shift => changes.Any(change => Math.Abs(change - shift) <= 3));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{noise}, {deviations} deviations: precision {right / (double)found:0.000}, recall {right / (double)planted:0.000}");
        Assert.InRange(right / (double)found, leastPrecision, 1);
        Assert.InRange(right / (double)planted, leastRecall, 1);
    }

    [Fact]
    public void A_change_of_spread_alone_is_found_too()
    {
        // Twice 60 values around the same mean, the second half ten times as wide.
        var draws = new Draws(SeedSpread);
        var changes = ChangePointDetector.Find([.. Enumerable.Range(0, 120).Select(i => draws.Normal() * (i < 60 ? 1 : 10))]);

        Assert.InRange(Assert.Single(changes), 55, 65);
    }

    [Fact]
    public void Clean_steps_are_found_at_their_first_value()
    {
        // 10 values of 1 and 2 in turn, 10 of 11 and 12, 10 of 1 and 2 again.
        double[] values = [.. Enumerable.Range(0, 30).Select(i => (i / 10 == 1 ? 11.0 : 1) + (i % 2))];

        Assert.Equal([10, 20], ChangePointDetector.Find(values));
    }

    [Fact]
    public void A_step_in_the_newest_values_is_seen_as_soon_as_the_shortest_segment_allows()
    {
        double[] values = [.. Enumerable.Range(0, 25).Select(i => (i < 20 ? 1.0 : 11) + (i % 2))];

        Assert.Equal([20], ChangePointDetector.Find(values));
        Assert.Empty(ChangePointDetector.Find([.. Enumerable.Repeat(1.0, 30)]));
    }

    [Fact]
    public void Short_series_have_no_changes()
    {
        Assert.Empty(ChangePointDetector.Find([]));
        Assert.Empty(ChangePointDetector.Find([1, 1, 1, 1, 9, 9, 9, 9, 9]));
    }

    [Fact]
    public void Segments_of_two_are_the_shortest_that_can_be_asked_for() =>
        Assert.Empty(ChangePointDetector.Find([1, 2, 1], shortestSegment: 2));

    [Fact]
    public void What_was_not_measured_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ChangePointDetector.Find([double.NaN]));
        Assert.Throws<ArgumentException>(() => ChangePointDetector.Find(new double[2_001]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChangePointDetector.Find([1, 2], 1));
    }
}
