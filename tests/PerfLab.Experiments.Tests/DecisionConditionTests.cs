using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests;

public sealed class DecisionConditionTests
{
    [Theory]
    [InlineData("cpu<5%", DecisionQuantity.Cpu, DecisionLimit.Change, 0.05)]
    [InlineData("cpu <= 50us", DecisionQuantity.Cpu, DecisionLimit.Difference, 0.00005)]
    [InlineData("cpu<50µs", DecisionQuantity.Cpu, DecisionLimit.Difference, 0.00005)]
    [InlineData("p99<+2ms", DecisionQuantity.P99, DecisionLimit.Difference, 0.002)]
    [InlineData("p50<10%", DecisionQuantity.P50, DecisionLimit.Change, 0.1)]
    [InlineData("allocation<2kB", DecisionQuantity.Allocation, DecisionLimit.Difference, 2_000)]
    [InlineData("exported<400B", DecisionQuantity.Exported, DecisionLimit.Value, 400)]
    [InlineData("exported<50GB/month", DecisionQuantity.Exported, DecisionLimit.Monthly, 50e9)]
    [InlineData("cost<200/month", DecisionQuantity.Cost, DecisionLimit.Monthly, 200)]
    [InlineData("cost <= 0.5/month", DecisionQuantity.Cost, DecisionLimit.Monthly, 0.5)]
    [InlineData("errors_kept>=99%", DecisionQuantity.ErrorsKept, DecisionLimit.Share, 0.99)]
    [InlineData("traces_kept>10%", DecisionQuantity.TracesKept, DecisionLimit.Share, 0.1)]
    [InlineData("complete>=99.5%", DecisionQuantity.Complete, DecisionLimit.Share, 0.995)]
    public void A_condition_has_a_quantity_a_kind_and_a_limit(string text, DecisionQuantity quantity, DecisionLimit kind, double limit)
    {
        var condition = DecisionCondition.Parse(text);

        Assert.Equal((quantity, kind), (condition.Quantity, condition.Kind));
        Assert.Equal(limit, condition.Limit, 15);
        Assert.Equal(text, condition.Text);
    }

    [Theory]
    [InlineData("cpu>5%", "write < or <=", "A cost has a most")]
    [InlineData("errors_kept<99%", "write > or >=", "has a least")]
    [InlineData("memory<5%", "cpu, allocation", "'memory'")]
    [InlineData("cpu<5", "50us", "unit is missing")]
    [InlineData("p99<5GB", "2ms", "'GB'")]
    [InlineData("exported<5%", "GB/month", "'%'")]
    [InlineData("exported<5GB/day", "GB/month", "month")]
    [InlineData("cpu<5%/month", "50us", "'%'")]
    [InlineData("cost<200", "200/month", "for a month")]
    [InlineData("cost<200USD/month", "200/month", "'USD'")]
    [InlineData("cost<5%", "200/month", "'%'")]
    [InlineData("cost>200/month", "write < or <=", "A cost has a most")]
    [InlineData("errors_kept>=101%", "up to 100%", "100 %")]
    [InlineData("cpu<5% for on", "ends behind", "'f'")]
    [InlineData("cpu<-5%", "number", "'-'")]
    [InlineData("", "cpu", "the end")]
    public void What_is_no_condition_is_refused_with_what_to_write(string text, string advice, string problem)
    {
        var error = Assert.Throws<ThresholdSyntaxException>(() => DecisionCondition.Parse(text));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
