using PerfLab.Bench.Load;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Tests;

/// <summary>What is read of what other tools print.</summary>
public sealed class BenchGeneratorTests
{
    // 61.2 s are "1.02m" in wrk's words, 3,060 requests in them 50/s.
    [Theory]
    [InlineData("3060 requests in 1.02m, 1.00MB read", "50.00", 61.2)]
    [InlineData("200410 requests in 2.00s, 24.28MB read", "99999.99", 2.0041)]
    [InlineData("90 requests in 900.00ms, 9.00KB read", "100.00", 0.9)]
    [InlineData("0 requests in 1.02m, 0.00B read", "0.00", 61.2)]
    [InlineData("0 requests in 2.00s, 0.00B read", "0.00", 2)]
    [InlineData("0 requests in 1.50h, 0.00B read", "0.00", 5400)]
    [InlineData("0 requests in 900.00ms, 0.00B read", "0.00", 0.9)]
    [InlineData("0 requests in 900.00us, 0.00B read", "0.00", 0.0009)]
    public void The_time_of_wrk_is_read_in_every_unit_and_as_exactly_as_its_rate_tells(string summary, string rate, double seconds) =>
        Assert.Equal(seconds, BenchGenerator.Wrk.Read(1, Output($"  {summary}\nRequests/sec:  {rate}\nTransfer/sec:      1.00MB\n")).Seconds, seconds * 1e-5);

    [Fact]
    public void Responses_that_wrk_counts_as_refused_are_no_answers()
    {
        var round = BenchGenerator.Wrk.Read(3, Output("""
              1000 requests in 2.00s, 24.28MB read
              Socket errors: connect 1, read 20, write 300, timeout 4000
              Non-2xx or 3xx responses: 400
            Requests/sec:    500.00
            Transfer/sec:     12.14MB
            """));

        Assert.Equal((3, "wrk", 600L, 4721L), (round.Round, round.Tool, round.Answered, round.Errors));
        Assert.Equal(300, round.AnsweredPerSecond, 9);
    }

    [Fact]
    public void A_failed_request_of_h2load_is_an_error_also_where_it_got_an_answer()
    {
        var round = BenchGenerator.H2Load.Read(1, Output("""
            finished in 2.00s, 500.00 req/s, 61.04KB/s
            requests: 1000 total, 1000 started, 1000 done, 700 succeeded, 300 failed, 20 errored, 10 timeout
            status codes: 700 2xx, 0 3xx, 280 4xx, 0 5xx
            """), seconds: 2);

        Assert.Equal((700L, 300L, 2.0), (round.Answered, round.Errors, round.Seconds));
    }

    [Fact]
    public void Words_that_are_not_known_are_shown() =>
        Assert.Contains("unable to connect", Assert.Throws<TargetFailedException>(() => BenchGenerator.Wrk.Read(1, Output("unable to connect"))).Message, StringComparison.Ordinal);

    private static BenchOutput Output(string text) => new(0, text, CpuSeconds: 1);
}
