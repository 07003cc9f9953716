using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public class ThresholdMessageTests
{
    [Theory]
    [InlineData("", "column 1: the end stands where a quantity belongs. Use one of: p(N), avg, min, med, max, late(...), rate, errors, dropped, count, rps, overhead(...), spans_lost.")]
    [InlineData("p99<200", "column 1: 'p99' is not a quantity. Use one of: p(N), avg, min, med, max, late(...), rate, errors, dropped, count, rps, overhead(...), spans_lost.")]
    [InlineData("p(99<200", "column 5: '<' stands where ')' belongs. Close the parenthesis.")]
    [InlineData("p(101)<200", "column 3: there is no percentile above 100. Write a percentile from 0 to 100: p(99.9).")]
    [InlineData("p()<200", "column 3: ')' stands where a number belongs. Write a percentile from 0 to 100: p(99.9).")]
    [InlineData("p(99)", "column 6: the end stands where a comparison belongs. Write one of <, <=, >, >=, ==, !=.")]
    [InlineData("p(99)=200", "column 6: '=' stands where a comparison belongs. Write one of <, <=, >, >=, ==, !=.")]
    [InlineData("p(99)<<200", "column 6: '<<' stands where a comparison belongs. Write one of <, <=, >, >=, ==, !=.")]
    [InlineData("p(99)<", "column 7: the end stands where a number belongs. Write a duration such as 200ms.")]
    [InlineData("p(99)<fast", "column 7: 'f' stands where a number belongs. Write a duration such as 200ms.")]
    [InlineData("p(99)<.5", "column 7: '.' stands where a number belongs. Write a duration such as 200ms.")]
    [InlineData("p(99)<1..5", "column 7: '1..5' is not a number. Write a duration such as 200ms.")]
    [InlineData("p(99)<200m", "column 10: 'm' is not a unit of a duration. Units are: ms, us, s. Write a duration such as 200ms.")]
    [InlineData("p(99)<1.5.2", "column 10: '.2' is not expected here. The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.")]
    [InlineData("p(99)<1.", "column 7: '1.' is not a number. Write a duration such as 200ms.")]
    [InlineData("p(99)<- 5", "column 7: '-' stands where a number belongs. Write a duration such as 200ms.")]
    [InlineData("errors<1", "column 9: the unit of a share is missing. Units are: %. Write a share such as 1%.")]
    [InlineData("errors<200%", "column 8: with this limit the threshold always holds. A share is between 0 % and 100 %: choose a limit that a result can meet and miss.")]
    [InlineData("rate<0.1ms", "column 9: 'ms' is not a unit of a share. Units are: %. Write a share such as 1%.")]
    [InlineData("rate<0", "column 6: with this limit the threshold never holds. A share is between 0 % and 100 %: choose a limit that a result can meet and miss.")]
    [InlineData("dropped>=0", "column 10: with this limit the threshold always holds. A count is 0 or more: choose a limit that a result can meet and miss.")]
    [InlineData("dropped<5%", "column 10: '%' is not a unit of a count. Write a count without a unit, such as 1000.")]
    [InlineData("late(cpu)<1", "column 6: 'cpu' is not a statistic. Use one of: p(N), avg, min, med, max.")]
    [InlineData("late<1", "column 5: '<' stands where '(' belongs, behind late. Write late(p(99)).")]
    [InlineData("overhead(memory)<5%", "column 10: 'memory' is not a metric with an overhead. Use one of: cpu, allocation, p50, p90, p99, p999, completion_p50, completion_p99, gc_pause, working_set, p(50), p(90), p(99), p(99.9).")]
    [InlineData("overhead(p(95))<5%", "column 10: 'p(95)' is not a metric with an overhead. Use one of: cpu, allocation, p50, p90, p99, p999, completion_p50, completion_p99, gc_pause, working_set, p(50), p(90), p(99), p(99.9).")]
    [InlineData("overhead(errors)<5%", "column 10: 'errors' has no overhead: the baseline may be 0, and there is no ratio to 0. Use one of: cpu, allocation, p50, p90, p99, p999, completion_p50, completion_p99, gc_pause, working_set, p(50), p(90), p(99), p(99.9).")]
    [InlineData("overhead(cpu)<5", "column 16: the unit of a relative change is missing. Units are: %. Write a relative change such as 5%.")]
    [InlineData("overhead(cpu)<=-200%", "column 16: with this limit the threshold never holds. A relative change is -100 % or more: choose a limit that a result can meet and miss.")]
    [InlineData("overhead(cpu)<5% ratio-10", "column 18: 'ratio-10' is not expected here. The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.")]
    [InlineData("overhead(cpu)<5% for", "column 21: the end stands where the name of an arm belongs. Names have letters, digits, dashes, dots and underscores: for ratio-10, ratio-1.")]
    [InlineData("overhead(cpu)<5% for a,", "column 24: the end stands where the name of an arm belongs. Names have letters, digits, dashes, dots and underscores: for ratio-10, ratio-1.")]
    [InlineData("overhead(cpu)<5% for a b", "column 24: 'b' stands behind the name of an arm. Put commas between names, and nothing behind the last.")]
    [InlineData("overhead(cpu)<5% for a, a", "column 25: 'a' is named twice. Name every arm once.")]
    [InlineData("p(99)<200 \u0130\u202e", "column 11: '\\u0130' is not expected here. The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.")]
    [InlineData("p(99)<200, avg<5", "column 10: ',' is not expected here. The threshold should end here, or name arms with 'for': overhead(cpu)<5% for ratio-10, ratio-1.")]
    public void A_fault_is_told_with_its_column_and_what_is_allowed(string text, string placeAndFault)
    {
        var exception = Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(text));

        Assert.Equal($"threshold {QuotedToken.Of(text)}, {placeAndFault}", exception.Message);
        Assert.Equal(text, exception.Text);
        Assert.Equal($"column {exception.Column}: {exception.Problem} {exception.Advice}", placeAndFault);
    }

    [Fact]
    public void What_cannot_be_printed_is_shown_by_its_number_and_long_texts_are_cut()
    {
        Assert.Equal(@"'a\u000a\u0130\u202e\ud800'", QuotedToken.Of("a\n\u0130\u202e\ud800"));
        Assert.Equal(@"'\u001f ~\u007f'", QuotedToken.Of("\u001f ~\u007f"));
        Assert.Equal($"'{new string('9', 60)}...'", QuotedToken.Of(new string('9', 61)));
        Assert.Equal($"'{new string('9', 60)}'", QuotedToken.Of(new string('9', 60)));
    }

    [Fact]
    public void A_text_that_is_too_long_is_told_so()
    {
        var exception = Assert.Throws<ThresholdSyntaxException>(() => Threshold.Parse(new string('9', 1_000)));

        Assert.EndsWith("...', column 201: 1000 characters are too many. Write at most 200, and several thresholds instead of a long one.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_is_a_bug_of_the_caller() => Assert.Throws<ArgumentNullException>(() => Threshold.Parse(null!));
}
