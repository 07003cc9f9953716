using PerfLab.Experiments.Results;

namespace PerfLab.Analysis.Tests;

public class LayerComparisonTests
{
    [Theory]
    [InlineData(100, 110, LayerVerdict.Cheaper)]
    [InlineData(110, 100, LayerVerdict.Dearer)]
    [InlineData(100, 101, LayerVerdict.CannotTell)]
    public void A_layer_is_called_cheaper_or_dearer_only_where_the_interval_says_so(double this_, double other, LayerVerdict expected)
    {
        var comparison = LayerComparison.Of([Record(("recorded", this_)), Record(("recorded", this_))], [Record(("recorded", other)), Record(("recorded", other))]);

        Assert.Equal(expected, Assert.Single(comparison.Layers).Verdict);
    }

    // Half-widths of 2 each: of a difference sqrt(8), of the mean of two differences sqrt(8 + 8) / 2 = 2.
    [Fact]
    public void The_interval_is_of_the_mean_of_the_turns() =>
        Assert.Equal(new LayerInterval(-10, -12, -8), LayerComparison.Of([Record(("a", 100)), Record(("a", 100))], [Record(("a", 110)), Record(("a", 110))]).Layers[0].Difference);

    [Fact]
    public void Turns_that_contradict_each_other_decide_nothing()
    {
        var layer = LayerComparison.Of([Record(("a", 100)), Record(("a", 130))], [Record(("a", 120)), Record(("a", 120))]).Layers[0];

        Assert.Equal(new LayerInterval(-5, -20, 10), layer.Difference);
        Assert.Equal(LayerVerdict.CannotTell, layer.Verdict);
    }

    [Fact]
    public void Layers_that_one_of_the_two_does_not_have_are_named()
    {
        var comparison = LayerComparison.Of([Record(("a", 1), ("new", 2))], [Record(("a", 1), ("old", 2))]);

        Assert.Equal(["new", "old"], comparison.OnlyInOne);
        Assert.Equal("a", Assert.Single(comparison.Layers).Layer);
    }

    private static MicroBenchmarkRecord Record(params (string Layer, double Nanoseconds)[] layers) => new()
    {
        FormatVersion = 1,
        Started = default,
        Mode = MicroBenchmarkMode.Quick,
        Machine = null,
        Versions = new Dictionary<string, string> { ["OpenTelemetry"] = "1.20.1" },
        AllocationDeviations = null,
        Layers = [.. layers.Select(layer => new LayerCost
        {
            Layer = layer.Layer,
            Over = null,
            Unit = LayerUnit.Span,
            NanosecondsPerUnit = new LayerInterval(layer.Nanoseconds, layer.Nanoseconds - 2, layer.Nanoseconds + 2),
            AllocatedBytesPerUnit = 416,
        })],
    };
}
