using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public sealed class ChangeConditionTests
{
    [Theory]
    [InlineData("p(99)>+10%", 0.1001, 0.0999)]
    [InlineData("p(99) > 10 %", 0.1001, 0.0999)]
    [InlineData("p(99.9){orders}>=+10%", 0.1, 0.0999)]
    [InlineData("med>+1.5%", 0.0151, 0.0149)]
    [InlineData("max>+100%", 1.01, 0.99)]
    [InlineData("rate<-5%", -0.0501, -0.0499)]
    [InlineData("rps<-5%", -0.0501, -0.0499)]
    [InlineData("rate<=-100%", -1, -0.99)]
    [InlineData("errors>0", 0.000001, 0)]
    [InlineData("errors>+0.5%", 0.0051, 0.005)]
    [InlineData("avg<-20%", -0.21, -0.2)]
    public void A_condition_holds_on_one_side_of_its_limit(string text, double holds, double doesNot)
    {
        var condition = ChangeCondition.Parse($"  {text}\t");

        Assert.Equal(text, condition.Text);
        Assert.True(condition.Holds(holds));
        Assert.False(condition.Holds(doesNot));
        Assert.False(condition.Holds(double.NaN));
    }

    [Fact]
    public void Rate_is_that_of_answers_and_a_request_is_named_in_braces()
    {
        var condition = ChangeCondition.Parse("rate{slow ones}<-5%");

        Assert.Equal((new ThresholdQuantity.AnsweredRate(), "slow ones"), (condition.Quantity, condition.Request));
    }

    [Theory]
    [InlineData("cpu>+5%", MetricId.Cpu, null)]
    [InlineData(" p99 {always-on} > +10 % ", MetricId.P99, "always-on")]
    [InlineData("working_set<-1.5%", MetricId.WorkingSet, null)]
    public void Of_two_runs_the_overhead_of_a_metric_is_compared(string text, MetricId metric, string? arm)
    {
        var condition = ChangeCondition.ParseOverhead(text);

        Assert.Equal((new ThresholdQuantity.Overhead(metric), arm), (condition.Quantity, condition.Request));
    }

    [Theory]
    [InlineData("p(99)>+10%", "'p' is not compared. Use one of: cpu, allocation, ")]
    [InlineData("errors>0", "'errors' is not compared")]
    [InlineData("exported_bytes>+5%", "'exported_bytes' is not compared")]
    [InlineData(">+5%", "'>' is not compared")]
    [InlineData("", "the end is not compared")]
    [InlineData("cpu>5us", "the limit of a change is in percent. Write what must not be, for example cpu>+5%")]
    [InlineData("cpu<+5%", "two equal results meet this condition")]
    [InlineData("cpu<-100%", "no result can meet this condition")]
    public void What_two_runs_cannot_be_compared_by_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ThresholdSyntaxException>(() => ChangeCondition.ParseOverhead(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("p(99)<+10%", "two equal results meet this condition")]
    [InlineData("errors>=0", "two equal results meet this condition")]
    [InlineData("rate<5%", "two equal results meet this condition")]
    [InlineData("rate<-100%", "no result can meet this condition")]
    [InlineData("p(50)<-120%", "no result can meet this condition")]
    [InlineData("errors>100%", "no result can meet this condition")]
    [InlineData("p(99)>10", "the limit of a change is in percent")]
    [InlineData("p(99)>10ms", "the limit of a change is in percent")]
    [InlineData("p(99)>+-10%", "stands where a number belongs")]
    [InlineData("p(99)!=0", "never exactly a number")]
    [InlineData("p(99)==+10%", "never exactly a number")]
    [InlineData("p(99)+10%", "stands where a comparison belongs")]
    [InlineData("p(99)>+10% for a", "stands behind the limit")]
    [InlineData("p(101)>+10%", "no percentile above 100")]
    [InlineData("min>+10%", "min is not compared")]
    [InlineData("dropped>0", "dropped is not compared")]
    [InlineData("overhead(cpu)>+5%", "overhead(cpu) is not compared")]
    [InlineData("late(p(99))>+5%", "late(p(99)) is not compared")]
    [InlineData("latency>+5%", "'latency' is not a quantity")]
    [InlineData("p(99){orders>+5%", "'}' belongs")]
    [InlineData("p(99){}>+5%", "the name of a request belongs")]
    [InlineData("", "stands where a quantity belongs")]
    public void What_is_no_condition_is_refused_with_the_reason(string text, string told)
    {
        var error = Assert.Throws<ThresholdSyntaxException>(() => ChangeCondition.Parse(text));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Column, 1, text.Length + 1);
    }
}
