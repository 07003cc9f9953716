using PerfLab.Experiments.Results;
using PerfLab.Reporting.LoadTests;
using PerfLab.Reporting.Terminal;
using PerfLab.Reporting.Tests.Fixture;
using SkiaSharp;

namespace PerfLab.Reporting.Tests;

public sealed class LoadTestReportTests
{
    [Fact]
    public void The_first_lines_say_what_was_done_and_what_became_of_it()
    {
        var lines = Lines(LoadTestRecordSample.Create());

        Assert.Equal("GET http://127.0.0.1:5000/orders", lines[0]);
        Assert.Equal("inject(2000, 30s), after 2 s of warm-up; sockets, HTTP/1.1, at most 1,000 in flight, seed 7", lines[1]);
        Assert.Contains("Rate        offered 2,000.0/s, achieved 1,999.7/s, answered 1,999.0/s over the measured 30.0 s", lines);
        Assert.Contains("Requests    60,000 offered, 59,980 answered, 10 dropped, 4 late (> 1 ms), 10 errors", lines);
        Assert.Contains("            10 connection_reset: Connection reset by peer (errno 104)", lines);
    }

    [Fact]
    public void Response_time_service_time_and_lateness_stand_side_by_side()
    {
        var lines = Lines(LoadTestRecordSample.Create());

        // 1 ms, 0.8 ms and 10 us over 0.01.
        Assert.Matches(@"^p99 +100(\.0)? ms +80\.0 ms +1\.00 ms$", lines.Single(line => line.StartsWith("p99 ", StringComparison.Ordinal)));
        Assert.Equal(["p50", "p75", "p90", "p95", "p99", "p99.9", "max", "mean"], lines.Where(line => line.StartsWith('p') || line.StartsWith('m')).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void The_spectrum_goes_as_far_as_the_answers_tell()
    {
        var all = LoadTestRecordSample.Create();
        var few = all with { ResponseTime = LoadTestRecordSample.Latency(200, 0.001) };

        // 200 answers: one lies beyond 99.5 %, none is known to lie beyond 99.9 %.
        Assert.Contains(Lines(few), line => line.StartsWith("    99.5 %", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines(few), line => line.StartsWith("    99.9 %", StringComparison.Ordinal));
        Assert.Contains(Lines(all), line => line.StartsWith("   99.99 %", StringComparison.Ordinal));
        Assert.Contains(Lines(few), line => line.StartsWith("     100 %", StringComparison.Ordinal));
    }

    [Fact]
    public void A_busy_generator_and_a_broken_threshold_stand_out()
    {
        var lines = LoadTestReport.Compose(LoadTestRecordSample.Create());

        Assert.Contains(lines, line => line is { Text: "! the generator used 90 % of its core. Lower the rate.", Style: TerminalStyle.Doubtful });
        Assert.Contains(lines, line => line.Text.StartsWith("ok  p(99)<200", StringComparison.Ordinal) && line.Style == TerminalStyle.Good);
        Assert.Contains(lines, line => line.Text.StartsWith("NOT dropped==0", StringComparison.Ordinal) && line.Style == TerminalStyle.Bad);
    }

    [Fact]
    public void What_was_not_measured_is_said_and_not_shown_as_zero()
    {
        var nothing = LoadTestRecordSample.Create() with
        {
            Completed = false,
            OfferedPerSecond = null,
            AchievedPerSecond = null,
            AnsweredPerSecond = null,
            ResponseTime = null,
            ServiceTime = null,
            StartLateness = null,
            Generator = new LoadGeneratorUsage { CpuSeconds = null, ProcessCpuSeconds = 1, AllocatedBytes = 1, Cores = 2, CpuShare = null, BytesReceived = 0, BytesSent = null, ConnectionsOpened = null },
        };

        var lines = Lines(nothing);

        Assert.Contains("Rate        not measured", lines);
        Assert.Contains("No request was answered: there is no response time.", lines);
        Assert.Contains("Generator   processor time not measured, 0 B received", lines);
        Assert.Contains(lines, line => line.StartsWith("Interrupted after 30.0 s", StringComparison.Ordinal));
    }

    [Fact]
    public void No_line_is_wider_than_a_hundred_characters() =>
        Assert.All(Lines(LoadTestRecordSample.Create()), line => Assert.InRange(line.Length, 0, 100));

    [Theory]
    [InlineData("chart.svg")]
    [InlineData("chart.PNG")]
    public void The_chart_is_drawn_twice_alike(string name)
    {
        using var folder = new TemporaryFolder();
        var (first, again) = (Path.Combine(folder.Path, name), Path.Combine(folder.Path, "again" + Path.GetExtension(name)));

        Assert.True(LoadTestReport.WriteChart(LoadTestRecordSample.Create(), first));
        Assert.True(LoadTestReport.WriteChart(LoadTestRecordSample.Create(), again));

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again));
        if (name.EndsWith("svg", StringComparison.Ordinal))
        {
            Assert.Contains("99 of 100 requests are answered within 100", File.ReadAllText(first), StringComparison.Ordinal);
        }
        else
        {
            using var picture = SKBitmap.Decode(first);
            Assert.True(picture.Width > 1000);
        }
    }

    [Fact]
    public void Without_answers_there_is_no_chart()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "chart.svg");

        Assert.False(LoadTestReport.WriteChart(LoadTestRecordSample.Create() with { ResponseTime = null }, path));
        Assert.False(File.Exists(path));
    }

    private static IReadOnlyList<string> Lines(LoadTestRecord record) => [.. LoadTestReport.Compose(record).Select(line => line.Text)];
}
