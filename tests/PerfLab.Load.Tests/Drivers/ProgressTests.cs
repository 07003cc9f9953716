using PerfLab.Experiments.Results;
using PerfLab.Load.Drivers;
using PerfLab.Load.Simulations;
using PerfLab.Load.Tests.Servers;

namespace PerfLab.Load.Tests.Drivers;

public sealed class ProgressTests
{
    public static TheoryData<DriverKind> Kinds() => Requests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reports_add_up_to_the_result(DriverKind kind)
    {
        var reports = new Reports();
        using var server = ScriptedServer.Answering(Requests.Ok);
        using var driver = Requests.Driver(server.Address, kind, new DriverOptions { Progress = reports, ProgressInterval = TimeSpan.FromMilliseconds(50) });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var result = driver.RunOpen(ArrivalSchedule.Constant(200, TimeSpan.FromSeconds(0.5)), new LatencyRecorder(), limit.Token);

        var seen = reports.Seen;
        Assert.InRange(seen.Count, 1, 12);
        Assert.Equal(seen.OrderBy(report => report.ElapsedSeconds), seen);
        for (var count = 1; count <= seen.Count; count++)
        {
            var soFar = seen.Take(count).ToList();
            Assert.Equal(soFar.Sum(report => report.StartedCount), soFar.Sum(report => report.AnsweredCount + report.ErrorCount) + soFar[^1].InFlightCount);
            Assert.Equal(soFar.Sum(report => report.OfferedCount), soFar.Sum(report => report.StartedCount + report.DroppedCount));
        }

        Assert.Equal(seen[^1].ElapsedSeconds, seen.Sum(report => report.WindowSeconds), tolerance: 1e-6);
        Assert.Equal(result.Counts.Answered, seen.Sum(report => report.AnsweredCount));
        Assert.All(seen, report => Assert.Equal(report.AnsweredCount > 0, report.P50Seconds is not null));
        Assert.All(seen.Where(report => report.AnsweredCount > 0), report => Assert.True(report.P50Seconds <= report.P99Seconds && report.P99Seconds <= report.MaxSeconds));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_closed_loop_reports_as_well_and_silence_is_not_measured(DriverKind kind)
    {
        var reports = new Reports();
        using var server = new ScriptedServer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));
        using var driver = Requests.Driver(
            server.Address, kind, new DriverOptions { Progress = reports, ProgressInterval = TimeSpan.FromMilliseconds(20), DrainLimit = TimeSpan.Zero });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        driver.RunClosed(2, TimeSpan.FromSeconds(0.3), new LatencyRecorder(), limit.Token);

        Assert.NotEmpty(reports.Seen);
        Assert.All(reports.Seen, report => Assert.Null(report.P50Seconds));
        Assert.Contains(reports.Seen, report => report.InFlightCount == 2);
    }

    private sealed class Reports : IProgress<LoadTestSecond>
    {
        private readonly List<LoadTestSecond> _seen = [];

        public IReadOnlyList<LoadTestSecond> Seen
        {
            get
            {
                lock (_seen)
                {
                    return [.. _seen];
                }
            }
        }

        public void Report(LoadTestSecond value)
        {
            lock (_seen)
            {
                _seen.Add(value);
            }
        }
    }
}
