using System.Globalization;
using PerfLab.Experiments.Thresholds;

namespace PerfLab.Experiments.Tests.Thresholds;

public class LoadThresholdJudgeTests
{
    private static readonly FixedMeasurements Measured = new()
    {
        ErrorShare = 0.0125,
        DroppedCount = 3,
        AnsweredCount = 12_345,
        AnsweredPerSecond = 989.5,
        ResponseTimes = new() { ["p(99)"] = 0.2, ["p(50)"] = 0.0015, ["avg"] = 0.002, ["min"] = 0.0001, ["max"] = 1.25 },
        Lateness = new() { ["p(99)"] = 0.000160 },
    };

    [Theory]
    [InlineData("p(99)<=200", "p(99)<=200 passed: p99 response time 200 ms.")]
    [InlineData("med<2", "med<2 passed: p50 response time 1.5 ms.")]
    [InlineData("avg<2.5", "avg<2.5 passed: mean response time 2 ms.")]
    [InlineData("min>50us", "min>50us passed: smallest response time 0.1 ms.")]
    [InlineData("max<2s", "max<2s passed: largest response time 1,250 ms.")]
    [InlineData("late(p(99))<1ms", "late(p(99))<1ms passed: p99 start lateness 0.16 ms.")]
    [InlineData("errors<2%", "errors<2% passed: share of errors 1.25 %.")]
    [InlineData("dropped<5", "dropped<5 passed: count of dropped starts 3.")]
    [InlineData("count>1000", "count>1000 passed: count of answered requests 12,345.")]
    [InlineData("rps>989", "rps>989 passed: answered requests per second 989.5.")]
    public void A_value_that_meets_the_condition_passes(string text, string sentence) => Check(text, LoadThresholdOutcome.Passed, sentence);

    [Theory]
    [InlineData("p(99)<200", "p(99)<200 failed: p99 response time 200 ms.")]
    [InlineData("late(p(99))<160us", "late(p(99))<160us failed: p99 start lateness 0.16 ms.")]
    [InlineData("rate<0.01", "rate<0.01 failed: share of errors 1.25 %.")]
    [InlineData("dropped==0", "dropped==0 failed: count of dropped starts 3.")]
    [InlineData("count>12345", "count>12345 failed: count of answered requests 12,345.")]
    [InlineData("rps>=990", "rps>=990 failed: answered requests per second 989.5.")]
    public void A_value_that_misses_the_condition_fails(string text, string sentence) => Check(text, LoadThresholdOutcome.Failed, sentence);

    [Theory]
    [InlineData("p(98)<200", "p98 response time")]
    [InlineData("p(98)!=200", "p98 response time")]
    [InlineData("late(max)<1ms", "largest start lateness")]
    public void A_missing_number_of_a_distribution_never_passes(string text, string noun) =>
        Check(text, LoadThresholdOutcome.NotMeasured, $"{text} was not measured: there is no {noun}, and what is missing does not pass.");

    [Theory]
    [InlineData("p(99)<200")]
    [InlineData("late(p(99))>1ms")]
    [InlineData("errors<1%")]
    [InlineData("errors!=1%")]
    [InlineData("dropped==0")]
    [InlineData("count!=0")]
    [InlineData("rps>0")]
    public void What_measured_nothing_passes_nothing(string text)
    {
        var result = LoadThresholdEvaluator.Evaluate(Threshold.Parse(text), new FixedMeasurements());

        Assert.Equal(LoadThresholdOutcome.NotMeasured, result.Outcome);
        Assert.Null(result.Value);
        Assert.False(LoadThresholdEvaluator.AllPassed([result]));
    }

    [Fact]
    public void What_is_not_a_number_is_not_measured() =>
        Assert.Equal(
            LoadThresholdOutcome.NotMeasured,
            LoadThresholdEvaluator.Evaluate(Threshold.Parse("errors!=1%"), new FixedMeasurements { ErrorShare = double.NaN }).Outcome);

    [Theory]
    [InlineData("overhead(cpu)<5%")]
    [InlineData("spans_lost==0")]
    [InlineData("p(99)<=200 for off")]
    public void What_needs_arms_does_not_pass_either(string text)
    {
        var result = LoadThresholdEvaluator.Evaluate(Threshold.Parse(text), Measured);

        Assert.Equal(LoadThresholdOutcome.NotMeasured, result.Outcome);
        Assert.Contains("a load test has none", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void All_pass_only_if_each_does()
    {
        Assert.True(LoadThresholdEvaluator.AllPassed(Judge("p(99)<=200", "med<2")));
        Assert.False(LoadThresholdEvaluator.AllPassed(Judge("p(99)<=200", "dropped==0")));
        Assert.False(LoadThresholdEvaluator.AllPassed(Judge("p(99)<=200", "p(98)<200")));
        Assert.True(LoadThresholdEvaluator.AllPassed([]));
    }

    private static IReadOnlyList<LoadThresholdResult> Judge(params string[] texts) =>
        LoadThresholdEvaluator.Evaluate([.. texts.Select(Threshold.Parse)], Measured);

    private static void Check(string text, LoadThresholdOutcome outcome, string sentence)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // German writes 1.250,5: the sentence must not.
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var result = LoadThresholdEvaluator.Evaluate(Threshold.Parse(text), Measured);

            Assert.Equal(sentence, result.Sentence);
            Assert.Equal(outcome, result.Outcome);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
