using PerfLab.Analysis.Runs;
using PerfLab.Analysis.Thresholds;
using PerfLab.Experiments;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Analysis.Tests.Thresholds;

/// <summary>Thresholds on the requests of one name.</summary>
public sealed class RequestThresholdTests
{
    // With 6 launch sets the interval reaches from the smallest to the largest value: 20 to 25 ms for the slow ones, 2 to 2.5 ms for the fast ones.
    private static readonly RunAnalysis s_run = ThresholdRun.Analyze((launchSet, arm) => arm with
    {
        Requests = [Request("fast", 0.002 + ((launchSet - 1) * 0.0001)), Request("slow", 0.02 + ((launchSet - 1) * 0.001), failed: arm.Arm == "high" ? 10 : 0)],
    });

    [Theory]
    [InlineData("p(99){fast}<3ms for low", ThresholdOutcome.Proven)]
    [InlineData("p(99){fast}<1.9ms for low", ThresholdOutcome.Violated)]
    [InlineData("p(99){slow}<3ms for low", ThresholdOutcome.Violated)]
    [InlineData("p(99){slow}<22ms for low", ThresholdOutcome.NotDecided)]
    [InlineData("rate{fast}<1%", ThresholdOutcome.Proven)]
    [InlineData("rate{slow}<1%", ThresholdOutcome.Violated)]
    [InlineData("errors{slow}<1% for low", ThresholdOutcome.Proven)]
    [InlineData("errors{slow}==0 for high", ThresholdOutcome.Violated)]
    [InlineData("p(99){third}<3ms for low", ThresholdOutcome.NotDecided)]
    public void A_name_is_judged_by_its_own_numbers(string threshold, ThresholdOutcome outcome) =>
        Assert.Equal(outcome, s_run.Judge(threshold).Outcome);

    [Fact]
    public void Counts_are_added_over_launch_sets_and_percentiles_are_medians_over_them()
    {
        var slow = s_run.Arms.Single(arm => arm.Name == "high").Requests.Single(request => request.Total.Name == "slow");

        Assert.Equal((6000, 5940, 60, 0), (slow.Total.Offered, slow.Total.Answered, slow.Total.Errors, slow.Total.Dropped));
        Assert.Equal([("unexpected_status", 60L)], slow.Total.ErrorsByKind.Select(error => (error.Key, error.Value)));
        Assert.Null(slow.Total.ResponseTime);
        Assert.Equal(0.0225, slow.Get(MetricId.P99).Value!.Value, 9); // of 20 to 25 ms
        Assert.Equal(0.01, slow.Get(MetricId.Errors).Value!.Value, 9);
    }

    [Fact]
    public void A_percentile_that_would_be_the_longest_response_time_decides_nothing()
    {
        var run = ThresholdRun.Analyze((_, arm) => arm with { Requests = [Request("rare", 0.002, answered: 99), Request("often", 0.002, answered: 100)] });

        var rare = Assert.IsType<ThresholdEvidence.NotMeasured>(Assert.Single(run.Judge("p(99){rare}<3ms for low").Arms).Evidence);
        Assert.Equal(MissingReason.TooFewAnswers, rare.Missing!.Reason);
        Assert.Equal(ThresholdOutcome.Proven, run.Judge("p(90){rare}<3ms for low").Outcome);
        Assert.Equal(ThresholdOutcome.Proven, run.Judge("p(99){often}<3ms for low").Outcome);
    }

    [Fact]
    public void A_run_that_did_not_tell_its_requests_apart_decides_nothing_about_a_name()
    {
        var run = ThresholdRun.Analyze((_, arm) => arm);

        Assert.IsType<ThresholdEvidence.NoSuchRequest>(Assert.Single(run.Judge("p(99){slow}<1s for low").Arms).Evidence);
        Assert.All(run.Arms, arm => Assert.Empty(arm.Requests));
    }

    [Fact]
    public void The_only_request_of_a_scenario_is_judged_as_all_of_them()
    {
        var target = LabRun.Plan(6, "low").Target with { Requests = [Definition("only")] };
        var run = s_run with { Plan = s_run.Plan with { Target = target } };

        // All requests together have a p99 of 3 ms in every launch set.
        Assert.Equal(ThresholdOutcome.Proven, run.Judge("p(99){only}<4ms for low").Outcome);
        Assert.Equal(ThresholdOutcome.Violated, run.Judge("p(99){only}<2ms for low").Outcome);
    }

    private static RequestRecord Request(string name, double p99Seconds, int failed = 0, int answered = 1000) => new()
    {
        Name = name,
        Offered = answered,
        Answered = answered - failed,
        Errors = failed,
        ErrorsByKind = failed == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["unexpected_status"] = failed },
        Dropped = 0,
        AnsweredPerSecond = null,
        ResponseTime = new LatencySummary(answered - failed, p99Seconds / 2, p99Seconds * 2, [new(50, p99Seconds / 2), new(90, p99Seconds * 0.8), new(99, p99Seconds), new(99.9, p99Seconds * 1.5)]),
    };

    private static RequestDefinition Definition(string name) => new()
    {
        Name = name,
        Method = "GET",
        Path = "/",
        Headers = new Dictionary<string, string>(),
        Body = null,
        ExpectedStatus = 200,
        Weight = 1,
    };
}
