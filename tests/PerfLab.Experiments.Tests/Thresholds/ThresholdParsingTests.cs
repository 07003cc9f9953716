using System.Globalization;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public class ThresholdParsingTests
{
    [Theory]
    [InlineData("p(99)<200", "p(99)", ThresholdOperator.Below, 0.2)]
    [InlineData("p(99)<200ms", "p(99)", ThresholdOperator.Below, 0.2)]
    [InlineData("p(99.9)<=1.5s", "p(99.9)", ThresholdOperator.AtMost, 1.5)]
    [InlineData("avg<1.1", "avg", ThresholdOperator.Below, 0.0011)]
    [InlineData("min>=250us", "min", ThresholdOperator.AtLeast, 0.00025)]
    [InlineData("med<10", "p(50)", ThresholdOperator.Below, 0.01)]
    [InlineData("max<60s", "max", ThresholdOperator.Below, 60.0)]
    [InlineData("late(p(99))<1ms", "late(p(99))", ThresholdOperator.Below, 0.001)]
    [InlineData("late(max) < 1s", "late(max)", ThresholdOperator.Below, 1.0)]
    [InlineData("rate<0.01", "errors", ThresholdOperator.Below, 0.01)]
    [InlineData("rate<1%", "errors", ThresholdOperator.Below, 0.01)]
    [InlineData("errors<1%", "errors", ThresholdOperator.Below, 0.01)]
    [InlineData("errors==0", "errors", ThresholdOperator.Equal, 0.0)]
    [InlineData("dropped==0", "dropped", ThresholdOperator.Equal, 0.0)]
    [InlineData("dropped===0", "dropped", ThresholdOperator.Equal, 0.0)]
    [InlineData("count>1000", "count", ThresholdOperator.Above, 1000.0)]
    [InlineData("count!=7", "count", ThresholdOperator.NotEqual, 7.0)]
    [InlineData("rps>=990", "rps", ThresholdOperator.AtLeast, 990.0)]
    [InlineData("overhead(cpu)<5%", "overhead(cpu)", ThresholdOperator.Below, 0.05)]
    [InlineData("overhead(allocation)<10%", "overhead(allocation)", ThresholdOperator.Below, 0.1)]
    [InlineData("overhead(p(99))<10%", "overhead(p99)", ThresholdOperator.Below, 0.1)]
    [InlineData("overhead(p(99.9))<10%", "overhead(p999)", ThresholdOperator.Below, 0.1)]
    [InlineData("overhead(med)<10%", "overhead(p50)", ThresholdOperator.Below, 0.1)]
    [InlineData("overhead(p90)<10%", "overhead(p90)", ThresholdOperator.Below, 0.1)]
    [InlineData("overhead(working_set)<=-2.5%", "overhead(working_set)", ThresholdOperator.AtMost, -0.025)]
    [InlineData("overhead(gc_pause)<=0", "overhead(gc_pause)", ThresholdOperator.AtMost, 0.0)]
    [InlineData("spans_lost==0", "spans_lost", ThresholdOperator.Equal, 0.0)]
    [InlineData("spans_lost<100", "spans_lost", ThresholdOperator.Below, 100.0)]
    [InlineData("spans_lost<0.1%", "spans_lost", ThresholdOperator.Below, 0.001)]
    public void What_it_is_about_the_comparison_and_the_limit_in_its_unit_are_read(string text, string quantity, ThresholdOperator comparison, double limit)
    {
        var threshold = Threshold.Parse(text);

        // Exactly: the limit is the double nearest to the decimal number that was written.
        Assert.Equal(limit, threshold.Limit);
        Assert.Equal(quantity, threshold.Quantity.ToString());
        Assert.Equal(comparison, threshold.Operator);
        Assert.Empty(threshold.Arms);
        Assert.Equal(text, threshold.ToString());
    }

    [Fact]
    public void Arms_are_read_in_their_order()
    {
        var threshold = Threshold.Parse("overhead(cpu)<5% for ratio-10, sdk.always_off,A1");

        Assert.Equal(["ratio-10", "sdk.always_off", "A1"], threshold.Arms);
        Assert.Equal("overhead(cpu)<5%", threshold.Condition);
    }

    [Fact]
    public void An_arm_may_be_called_for() => Assert.Equal(["for", "for2"], Threshold.Parse("spans_lost==0 for for,for2").Arms);

    [Fact]
    public void White_space_means_nothing()
    {
        var threshold = Threshold.Parse("\t overhead ( p ( 99 ) )  <  10 %\tfor  a ,\tb ");

        Assert.Equal(new ThresholdQuantity.Overhead(MetricId.P99), threshold.Quantity);
        Assert.Equal(0.1, threshold.Limit);
        Assert.Equal(["a", "b"], threshold.Arms);
        Assert.Equal("overhead ( p ( 99 ) )  <  10 %\tfor  a ,\tb", threshold.Text);
        Assert.Equal("overhead ( p ( 99 ) )  <  10 %", threshold.Condition);
    }

    [Fact]
    public void Every_metric_with_a_ratio_has_an_overhead_and_no_other()
    {
        foreach (var metric in MetricCatalog.All)
        {
            var text = $"overhead({metric.Key})<5%";
            if (metric.IsDifferenceOnly)
            {
                Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(text));
            }
            else
            {
                Assert.Equal(new ThresholdQuantity.Overhead(metric.Id), Threshold.Parse(text).Quantity);
            }
        }
    }

    [Fact]
    public void A_text_of_the_greatest_length_is_read_and_one_more_is_not()
    {
        var longest = "spans_lost==0".PadLeft(Threshold.MaximumLength);

        Assert.Equal(new ThresholdQuantity.SpansLost(), Threshold.Parse(longest).Quantity);
        Assert.Equal(201, Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(longest + " ")).Column);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);

            // 1.5 would be 15 in German; "min".ToUpper() would not be "MIN" in Turkish.
            Assert.Equal(0.0015, Threshold.Parse("min<1.5").Limit);
            Assert.Equal("p(99.9)", Threshold.Parse("p(99.9)<1").Quantity.ToString());
            Assert.Equal(-0.025, Threshold.Parse("overhead(cpu)<-2.5%").Limit);
            Assert.Equal(
                "threshold 'p(99)<1,5', column 8: ',' is not expected here. The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.",
                Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse("p(99)<1,5")).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("p(99)<200", 0.2, false)]
    [InlineData("p(99)<200", 0.1999, true)]
    [InlineData("p(99)<=200", 0.2, true)]
    [InlineData("p(99)>200", 0.2, false)]
    [InlineData("p(99)>200", 0.2001, true)]
    [InlineData("p(99)>=200", 0.2, true)]
    [InlineData("p(99)==200", 0.2, true)]
    [InlineData("p(99)==200", 0.2001, false)]
    [InlineData("p(99)!=200", 0.2, false)]
    [InlineData("p(99)!=200", 0.2001, true)]
    public void A_value_at_the_limit_and_beside_it_is_judged_as_written(string text, double value, bool holds) =>
        Assert.Equal(holds, Threshold.Parse(text).Holds(value));

    [Theory]
    [InlineData("errors==0%")]
    [InlineData("errors==100%")]
    [InlineData("errors!=100%")]
    [InlineData("errors<100%")]
    [InlineData("errors<=0%")]
    [InlineData("errors>0%")]
    [InlineData("errors>=100%")]
    [InlineData("overhead(cpu)==-100%")]
    [InlineData("overhead(cpu)<=-100%")]
    [InlineData("overhead(cpu)>-100%")]
    [InlineData("p(0)>0")]
    [InlineData("p(100)<=0")]
    public void A_limit_at_the_edge_of_what_can_be_measured_is_read_where_a_result_can_meet_and_miss_it(string text) =>
        Assert.Equal(text, Threshold.Parse(text).Text);

    [Theory]
    [InlineData("errors<=100%", "always")]
    [InlineData("errors>=0%", "always")]
    [InlineData("errors!=101%", "always")]
    [InlineData("errors!=-1%", "always")]
    [InlineData("errors<0%", "never")]
    [InlineData("errors>100%", "never")]
    [InlineData("errors==101%", "never")]
    [InlineData("errors==-1%", "never")]
    [InlineData("overhead(cpu)>=-100%", "always")]
    [InlineData("overhead(cpu)<-100%", "never")]
    [InlineData("dropped<0", "never")]
    [InlineData("dropped==-1", "never")]
    public void A_limit_that_no_result_can_miss_or_meet_is_refused(string text, string when) =>
        Assert.Equal($"with this limit the threshold {when} holds.", Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(text)).Problem);

    [Fact]
    public void A_threshold_without_a_text_or_an_operator_is_a_fault_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>(() => Threshold.Parse(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => (Threshold.Parse("dropped==0") with { Operator = ThresholdOperator.Unknown }).Holds(0));
    }

    [Theory]
    [InlineData("p(99)<200")]
    [InlineData("p(99)>200")]
    [InlineData("p(99)!=200")]
    public void What_is_not_a_number_meets_no_condition(string text) => Assert.False(Threshold.Parse(text).Holds(double.NaN));
}
