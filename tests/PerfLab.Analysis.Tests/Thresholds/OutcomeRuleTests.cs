using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Analysis.Tests.Thresholds;

public class OutcomeRuleTests
{
    [Theory]
    [InlineData("p(99)<200", 0.10, 0.19, ThresholdOutcome.Proven)]
    [InlineData("p(99)<200", 0.10, 0.20, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)<200", 0.10, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)<200", 0.20, 0.30, ThresholdOutcome.Violated)]
    [InlineData("p(99)<=200", 0.10, 0.20, ThresholdOutcome.Proven)]
    [InlineData("p(99)<=200", 0.20, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)<=200", 0.21, 0.30, ThresholdOutcome.Violated)]
    [InlineData("p(99)>200", 0.21, 0.30, ThresholdOutcome.Proven)]
    [InlineData("p(99)>200", 0.20, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)>200", 0.10, 0.20, ThresholdOutcome.Violated)]
    [InlineData("p(99)>=200", 0.20, 0.30, ThresholdOutcome.Proven)]
    [InlineData("p(99)>=200", 0.10, 0.20, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)>=200", 0.10, 0.19, ThresholdOutcome.Violated)]
    [InlineData("p(99)==200", 0.20, 0.20, ThresholdOutcome.Proven)]
    [InlineData("p(99)==200", 0.20, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)==200", 0.10, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)==200", 0.21, 0.30, ThresholdOutcome.Violated)]
    [InlineData("p(99)!=200", 0.21, 0.30, ThresholdOutcome.Proven)]
    [InlineData("p(99)!=200", 0.20, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)!=200", 0.10, 0.30, ThresholdOutcome.NotDecided)]
    [InlineData("p(99)!=200", 0.20, 0.20, ThresholdOutcome.Violated)]
    public void Only_an_interval_wholly_on_one_side_decides(string text, double low, double high, ThresholdOutcome outcome) =>
        Assert.Equal(outcome, ThresholdOutcomeRule.Of(Threshold.Parse(text), new Interval((low + high) / 2, low, high, 0.95)));

    [Fact]
    public void One_violation_is_enough_and_to_prove_takes_all()
    {
        Assert.Equal(ThresholdOutcome.Proven, ThresholdOutcomeRule.Combine([ThresholdOutcome.Proven, ThresholdOutcome.Proven]));
        Assert.Equal(ThresholdOutcome.NotDecided, ThresholdOutcomeRule.Combine([ThresholdOutcome.Proven, ThresholdOutcome.NotDecided]));
        Assert.Equal(ThresholdOutcome.Violated, ThresholdOutcomeRule.Combine([ThresholdOutcome.Proven, ThresholdOutcome.NotDecided, ThresholdOutcome.Violated]));
        Assert.Equal(ThresholdOutcome.NotDecided, ThresholdOutcomeRule.Combine([]));
    }
}
