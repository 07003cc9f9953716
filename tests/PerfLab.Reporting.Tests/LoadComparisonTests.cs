using PerfLab.Analysis;
using PerfLab.Experiments.Results;
using PerfLab.Experiments.Thresholds;
using PerfLab.Reporting.LoadTests;

namespace PerfLab.Reporting.Tests;

public sealed class LoadComparisonTests
{
    [Fact]
    public void Numbers_stand_side_by_side_with_their_change()
    {
        var lines = Lines(Sample(), Sample() with
        {
            AnsweredPerSecond = 1799.1, // 1,999 less a tenth
            ResponseTime = LoadTestRecordSample.Latency(59_980, 0.0011), // every percentile a tenth more
            Counts = Sample().Counts with { Answered = 58_788, Errors = 1202 }, // errors 0.033 % before, 2.02 % now
            Errors = new Dictionary<string, long> { ["request_timeout"] = 1192, ["connection_reset"] = 10 },
        });

        Assert.Contains(lines, line => Words(line) == "answered/s 1,999.0 1,799.1 -10.0 %");
        Assert.Contains(lines, line => Words(line) == "p99 100 ms 110 ms +10.0 %");
        Assert.Contains(lines, line => Words(line).StartsWith("errors 0.03 % 2.02 % +1.987 points", StringComparison.Ordinal));
        Assert.Contains(lines, line => Words(line) == "connection_reset 10 10 0");
        Assert.Contains(lines, line => Words(line) == "request_timeout 0 1,192 +1,192");
        Assert.DoesNotContain(lines, line => line.Contains("Not the same load", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("not interleaved", StringComparison.Ordinal));
    }

    [Fact]
    public void The_interval_over_the_seconds_is_the_exact_one_of_the_signed_rank_test()
    {
        // Six pairs at 95 %: the smallest and the largest change bound the interval (Hollander, Wolfe and Chicken, table A.4).
        double[] factors = [1.06, 1.02, 1.12, 1.08, 1.04, 1.10];
        var first = Sample() with { Timeline = [.. factors.Select(_ => Second(2000, 0.01))] };
        var second = Sample() with { Timeline = [.. factors.Select(factor => Second(2000, 0.01 * factor))] };

        var seconds = Find(LoadTestComparer.Compare(first, second).Changes, "p(99)").Seconds!;

        Assert.Equal(0.02, seconds.Low, 9);
        Assert.Equal(0.12, seconds.High, 9);
        Assert.Equal(1 - (2.0 / 64), seconds.ConfidenceLevel, 12);
    }

    [Fact]
    public void Seconds_of_a_long_run_are_taken_in_twelve_groups_because_neighbors_are_alike()
    {
        // 120 seconds, of which the first sixty are twice as slow in both: the change of each pair is 10 %.
        LoadTestSecond[] Seconds(double factor) => [.. Enumerable.Range(0, 120).Select(second => Second(2000, factor * (second < 60 ? 0.02 : 0.01)))];
        var comparison = LoadTestComparer.Compare(Sample() with { Timeline = Seconds(1) }, Sample() with { Timeline = Seconds(1.1) });

        var seconds = Find(comparison.Changes, "p(50)").Seconds!;

        Assert.Equal((0.1, 0.1), (Math.Round(seconds.Low, 9), Math.Round(seconds.High, 9)));
        // Twelve values: P(W+ <= 13) is 0.0212 (table A.4), and 2 * 0.0212 leaves 95.75 %.
        Assert.InRange(seconds.ConfidenceLevel, 0.957, 0.958);
    }

    [Fact]
    public void Fewer_than_six_seconds_and_seconds_without_an_answer_have_no_interval()
    {
        LoadTestSecond[] five = [.. Enumerable.Range(0, 5).Select(_ => Second(2000, 0.01))];
        LoadTestSecond[] silent = [.. five, Second(0, null)];

        Assert.All(LoadTestComparer.Compare(Sample() with { Timeline = five }, Sample() with { Timeline = five }).Changes, change => Assert.Null(change.Seconds));
        Assert.All(LoadTestComparer.Compare(Sample() with { Timeline = silent }, Sample() with { Timeline = silent }).Changes, change => Assert.Null(change.Seconds));
    }

    [Fact]
    public void A_change_beyond_a_condition_is_told_with_its_size_and_so_is_one_that_cannot_be_judged()
    {
        var slower = Sample() with { ResponseTime = LoadTestRecordSample.Latency(59_980, 0.0011) };
        var silent = Sample() with { ResponseTime = null, Counts = Sample().Counts with { Answered = 0, Errors = 59_990 }, AnsweredPerSecond = 0 };

        Assert.Equal("NOT p(99)>+5% holds: p99 changed by +10.0 %.", Judge("p(99)>+5%", slower));
        Assert.Equal("ok  p(99)>+15% does not hold: p99 changed by +10.0 %.", Judge("p(99)>+15%", slower));
        Assert.StartsWith("NOT p(99)>+15% cannot be judged", Judge("p(99)>+15%", silent), StringComparison.Ordinal);
        Assert.Equal("NOT rate<-5% holds: answered/s changed by -100.0 %.", Judge("rate<-5%", silent));
        Assert.Equal("ok  errors>0 does not hold: errors changed by 0 points.", Judge("errors>0", slower));
    }

    [Fact]
    public void Every_setting_that_makes_another_load_is_named_and_host_and_seed_are_none()
    {
        var first = Sample();
        var elsewhere = first with { Setting = first.Setting with { Url = first.Setting.Url.Replace("127.0.0.1", "10.0.0.7", StringComparison.Ordinal), Seed = 99 } };
        Assert.NotEqual(first.Setting.Url, elsewhere.Setting.Url);
        Assert.Empty(LoadTestComparer.Compare(first, elsewhere).Differences);

        LoadTestSettings[] others =
        [
            first.Setting with { Simulations = "inject(1000, 30s)" },
            first.Setting with { Driver = "httpclient" },
            first.Setting with { HttpVersion = "2.0" },
            first.Setting with { WarmUpSeconds = 3 },
            first.Setting with { MaxInFlight = 10 },
            first.Setting with { Method = "POST" },
            first.Setting with { Url = first.Setting.Url + "/other" },
        ];
        Assert.All(others, setting => Assert.Single(LoadTestComparer.Compare(first, first with { Setting = setting }).Differences));
        Assert.Equal("the measured length is 30.0 s in A and 12.5 s (interrupted) in B", Assert.Single(LoadComparisonReport.Differences(LoadTestComparer.Compare(first, first with { Completed = false, WindowSeconds = 12.5 }))));
    }

    [Fact]
    public void Requests_of_the_same_names_are_other_requests_where_a_path_a_weight_a_status_or_a_body_differs()
    {
        LoadTestRequestSetting order = new("order", "POST", "/orders", 1, "200", new string('a', 64));
        LoadTestRecord With(LoadTestRequestSetting? request) => Sample() with { Setting = Sample().Setting with { Requests = request is null ? null : [request] } };
        LoadTestRequestSetting[] others =
        [
            order with { Path = "/order" }, order with { Method = "PUT" }, order with { Weight = 2 }, order with { ExpectedStatus = "2xx" }, order with { BodySha256 = new string('b', 64) }, order with { BodySha256 = null },
        ];

        Assert.Empty(LoadTestComparer.Compare(With(order), With(order)).Differences);
        Assert.Empty(LoadTestComparer.Compare(With(null), With(order)).Differences);
        Assert.All(others, other => Assert.Equal(LoadTestSettingKind.Requests, Assert.Single(LoadTestComparer.Compare(With(order), With(other)).Differences).Setting));
    }

    [Fact]
    public void Each_name_of_several_requests_has_its_numbers_and_its_conditions()
    {
        RequestRecord Named(double scale) => new() { Name = "slow\u001b[2J", Offered = 3000, Answered = 3000, Errors = 0, Dropped = 0, AnsweredPerSecond = 100, ResponseTime = LoadTestRecordSample.Latency(3000, scale) };
        var (first, second) = (Sample() with { Requests = [Named(0.001)] }, Sample() with { Requests = [Named(0.002)] });

        Assert.Contains(Lines(first, second), line => Words(line) == "p90 10.0 ms 20.0 ms +100.0 %");
        Assert.DoesNotContain(Lines(first, second), line => line.Contains('\u001b', StringComparison.Ordinal));
        var comparison = LoadTestComparer.Compare(first, second);
        Assert.True(LoadTestComparer.Judge(ChangeCondition.Parse("p(90){slow\u001b[2J}>+50%"), comparison).Holds);
        Assert.Equal(ChangeConditionFault.NoSuchRequest, LoadTestComparer.FaultOf(ChangeCondition.Parse("p(90){fast}>+50%"), comparison));
        Assert.Equal(ChangeConditionFault.NoSuchPercentile, LoadTestComparer.FaultOf(ChangeCondition.Parse("p(97.31)>+50%"), comparison));
    }

    private static LoadTestRecord Sample() => LoadTestRecordSample.Create();

    private static LoadTestSecond Second(long answered, double? seconds) => new()
    {
        ElapsedSeconds = 1,
        WindowSeconds = 1,
        OfferedCount = 2000,
        StartedCount = 2000,
        AnsweredCount = answered,
        DroppedCount = 0,
        ErrorCount = 0,
        InFlightCount = 0,
        P50Seconds = seconds,
        P99Seconds = seconds,
        MaxSeconds = seconds,
    };

    private static LoadTestChange Find(IReadOnlyList<LoadTestChange> changes, string quantity) => changes.Single(change => change.Quantity.ToString() == quantity);

    private static IReadOnlyList<string> Lines(LoadTestRecord first, LoadTestRecord second) => [.. LoadComparisonReport.Compose(LoadTestComparer.Compare(first, second)).Select(line => line.Text)];

    private static string Judge(string condition, LoadTestRecord second) =>
        LoadComparisonReport.Compose(LoadTestComparer.Judge(ChangeCondition.Parse(condition), LoadTestComparer.Compare(Sample(), second))).Text;

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
