namespace PerfLab.Load.Tests.Latency;

public sealed class ThresholdTests
{
    [Theory]
    // 1 to 100 ms of response time, half of it as service time; 100 answered, 1 error of 101 started, 2 dropped, 10 s.
    [InlineData("p(99)<99.2", true)]
    [InlineData("p(99)<98", false)]
    [InlineData("http_req_duration: p(50) <= 50.1", true)]
    [InlineData("med<49", false)]
    [InlineData("avg<50.6", true)]
    [InlineData("avg>=50.4ms", true)]
    [InlineData("max<=0.1s", true)]
    [InlineData("max<100000us", false)]
    [InlineData("service_time: max<=50", true)]
    [InlineData("start_lateness:p(99.9)<1", true)]
    [InlineData("rate<0.01", true)]
    [InlineData("rate<0.009", false)]
    [InlineData("errors==1", true)]
    [InlineData("errors != 1", false)]
    [InlineData("dropped===2", true)]
    [InlineData("dropped==0", false)]
    [InlineData("answered>99", true)]
    [InlineData("throughput>=10", true)]
    [InlineData("throughput>1e1", false)]
    public void A_condition_is_judged(string text, bool passed)
    {
        var recorder = new LatencyRecorder();
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
        {
            recorder.RecordAnswer(0, milliseconds * 500_000L, milliseconds * 1_000_000L);
            recorder.RecordLateness(10_000);
        }

        var outcome = Threshold.Parse(text).Judge(Result(103, 101, 100, 2, 1), recorder);

        Assert.Equal(passed, outcome.Passed);
        Assert.Equal(text, outcome.Threshold);
        Assert.NotNull(outcome.Measured);
    }

    [Theory]
    [InlineData("p(99)<200")]
    [InlineData("p(99)>0")]
    [InlineData("rate<1")]
    [InlineData("errors==0")]
    [InlineData("dropped==0")]
    [InlineData("throughput!=5")]
    public void What_was_not_measured_never_passes(string text)
    {
        var outcome = Threshold.Parse(text).Judge(Result(0, 0, 0, 0, 0), new LatencyRecorder());

        Assert.False(outcome.Passed);
        Assert.Null(outcome.Measured);
    }

    [Fact]
    public void Durations_without_any_answer_never_pass() =>
        Assert.False(Threshold.Parse("p(99)<200").Judge(Result(5, 5, 0, 0, 5), new LatencyRecorder()).Passed);

    [Theory]
    [InlineData("")]
    [InlineData("p(99)")]
    [InlineData("p(99)<")]
    [InlineData("p(101)<5")]
    [InlineData("p(9.9.9)<5")]
    [InlineData("p()<5")]
    [InlineData("p99<5")]
    [InlineData("avg<5 minutes")]
    [InlineData("avg=5")]
    [InlineData("rate<1%")]
    [InlineData("rate<1s")]
    [InlineData("other: p(99)<5")]
    [InlineData("service_time: dropped==0")]
    [InlineData("p(99)<200 && rate<1")]
    public void What_is_no_condition_is_refused_with_what_would_be(string text)
    {
        var message = Assert.Throws<FormatException>(() => Threshold.Parse(text)).Message;

        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
        Assert.Contains("p(99)<200", message, StringComparison.Ordinal);
    }

    private static LoadResult Result(long offered, long started, long answered, long dropped, long errors) => LoadResult.Combine([]) with
    {
        OfferedCount = offered,
        StartedCount = started,
        AnsweredCount = answered,
        DroppedCount = dropped,
        Errors = errors == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["truncated"] = errors },
        ElapsedSeconds = 10,
    };
}
