using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Load.LoadTests;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Tests;

/// <summary>What a threshold is judged by is what the result shows.</summary>
public sealed class LoadMeasurementsTests
{
    // By the nearest rank, 90 % of 8 values are 8 of them, and 99 % of 160 are 159: the next whole number above 7.2 and 158.4.
    [Theory]
    [InlineData(8, 90, 8)]
    [InlineData(160, 99, 159)]
    [InlineData(10, 90, 9)]
    [InlineData(1000, 99.9, 999)]
    [InlineData(3, 50, 2)]
    [InlineData(1, 95, 1)]
    public void A_threshold_is_judged_by_the_percentile_of_the_nearest_rank(int count, double percentile, int rank)
    {
        var breakdown = OfOneName();
        var recorder = new LatencyRecorder();
        for (var milliseconds = 1; milliseconds <= count; milliseconds++)
        {
            recorder.RecordAnswer(0, 0, milliseconds * 1_000_000L);
            recorder.RecordLateness(milliseconds * 1_000_000L);
            breakdown.Answered(0, milliseconds * 1_000_000L, isInWindow: true);
        }

        var (statistic, measured) = (new TimeStatistic.Percentile(percentile), new LoadMeasurements(LoadResult.Combine([]), recorder, breakdown));

        // Three digits: at most 0.1 % above.
        Assert.InRange(measured.ResponseTimeSeconds(statistic)!.Value, rank * 0.001, rank * 0.001001);
        Assert.Equal(At(recorder.ResponseTime!, percentile), measured.ResponseTimeSeconds(statistic));
        Assert.Equal(At(recorder.StartLateness!, percentile), measured.StartLatenessSeconds(statistic));
        Assert.Equal(At(breakdown.ToRecords(0)[0].ResponseTime!, percentile), measured.OfRequest("one")!.ResponseTimeSeconds(statistic));
        Assert.Equal(recorder.ResponseTime!.MaxSeconds, measured.ResponseTimeSeconds(new TimeStatistic.Maximum()));
    }

    [Fact]
    public void Every_percentile_of_the_result_is_the_one_of_a_threshold()
    {
        foreach (var count in (int[])[1, 2, 7, 8, 33, 160, 1234])
        {
            var recorder = new LatencyRecorder();
            for (var value = 1; value <= count; value++)
            {
                recorder.RecordAnswer(0, 0, value * 3_333L);
            }

            var measured = new LoadMeasurements(LoadResult.Combine([]), recorder);
            Assert.All(recorder.ResponseTime!.Spectrum, point => Assert.Equal(point.Seconds, measured.ResponseTimeSeconds(new TimeStatistic.Percentile(point.Percentile))));
        }
    }

    [Theory]
    [InlineData(10, 9, "errors<10%", LoadThresholdOutcome.Failed)]
    [InlineData(100, 99, "errors<=1%", LoadThresholdOutcome.Passed)]
    [InlineData(100, 93, "rate<=7%", LoadThresholdOutcome.Passed)]
    [InlineData(1000, 999, "rate<0.1%", LoadThresholdOutcome.Failed)]
    [InlineData(3, 3, "errors==0", LoadThresholdOutcome.Passed)]
    public void A_share_of_errors_exactly_at_its_limit_is_equal_to_it(int offered, int answered, string threshold, LoadThresholdOutcome outcome)
    {
        var breakdown = OfOneName();
        for (var request = 0; request < offered; request++)
        {
            breakdown.Offered(0);
            if (request < answered)
            {
                breakdown.Answered(0, 1, isInWindow: true);
            }
        }

        var counts = new RequestCounts { Offered = offered, Started = offered, Answered = answered, AnsweredInWindow = answered, Dropped = 0, Late = null, Errors = offered - answered };
        var measured = new LoadMeasurements(LoadResult.Combine([]) with { Counts = counts }, new LatencyRecorder(), breakdown);

        Assert.Equal(outcome, LoadThresholdEvaluator.Evaluate(Threshold.Parse(threshold), measured).Outcome);
        Assert.Equal(outcome, LoadThresholdEvaluator.Evaluate(Threshold.Parse(threshold), measured.OfRequest("one")!).Outcome);
    }

    private static RequestBreakdown OfOneName() => new(RequestMix.Create(new Uri("http://127.0.0.1:1"), [Drivers.Requests.Get() with { Name = "one" }], seed: 1));

    private static double At(LatencySummary summary, double percentile) => summary.Spectrum.Single(point => point.Percentile.Equals(percentile)).Seconds;
}
