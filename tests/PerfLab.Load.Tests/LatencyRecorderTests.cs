using System.Globalization;
using HdrHistogram;
using PerfLab.Experiments.Results;

namespace PerfLab.Load.Tests;

public sealed class LatencyRecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perflab-load-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_recorded_is_not_measured()
    {
        var recorder = new LatencyRecorder();

        Assert.Null(recorder.ResponseTime);
        Assert.Null(recorder.ServiceTime);
        Assert.Null(recorder.StartLateness);
    }

    [Fact]
    public void Percentiles_are_those_of_the_values_within_three_digits()
    {
        // 1 us to 10,000 us in steps of 1 us: the p-th percentile is p * 100 us, and the mean is 5,000.5 us.
        var recorder = new LatencyRecorder();
        for (var microseconds = 1; microseconds <= 10_000; microseconds++)
        {
            recorder.RecordAnswer(0, 0, microseconds * 1000L);
        }

        var summary = recorder.ResponseTime!;
        Assert.Equal(10_000, summary.Count);
        Assert.Equal(0.0050005, summary.MeanSeconds, tolerance: 1e-12);
        Assert.Equal(0.010, summary.MaxSeconds);
        foreach (var percentile in (double[])[50, 75, 90, 95, 99, 99.9, 99.99])
        {
            // Three digits: at most 0.1 % above.
            var expected = percentile * 100e-6;
            Assert.InRange(At(summary, percentile), expected * (1 - 1e-9), expected * 1.001);
        }
    }

    [Fact]
    public void A_microsecond_is_told_from_the_next_one()
    {
        var recorder = new LatencyRecorder();
        recorder.RecordLateness(1_000);
        recorder.RecordLateness(2_000);

        Assert.Equal(1e-6, At(recorder.StartLateness!, 50), tolerance: 2e-9);
        Assert.Equal(2e-6, At(recorder.StartLateness!, 100), tolerance: 2e-9);
    }

    [Fact]
    public void The_spectrum_ascends_and_holds_the_usual_names()
    {
        var recorder = new LatencyRecorder();
        recorder.RecordLateness(5_000_000);

        var spectrum = recorder.StartLateness!.Spectrum;
        Assert.InRange(spectrum.Count, 55, 75);
        Assert.Equal(spectrum.Select(point => point.Percentile).Order(), spectrum.Select(point => point.Percentile));
        Assert.All((double[])[50, 75, 90, 95, 99, 99.9, 99.99], name => Assert.Contains(spectrum, point => point.Percentile == name));
        // With one value every percentile is that value, not the upper end of its bucket.
        Assert.All(spectrum, point => Assert.Equal(0.005, point.Seconds));
    }

    [Fact]
    public void Nearest_ranks_are_exact_for_round_numbers()
    {
        var recorder = new LatencyRecorder();
        for (var i = 1; i <= 1000; i++)
        {
            recorder.RecordLateness(i);
        }

        // 99.9 % of 1,000 values are 999 of them, although 0.999 * 1000 is 999.0000000000001 or so in binary.
        Assert.Equal(999e-9, At(recorder.StartLateness!, 99.9), tolerance: 1e-12);
        Assert.Equal(500e-9, At(recorder.StartLateness!, 50), tolerance: 1e-12);
    }

    [Fact]
    public void Values_beyond_the_range_are_kept_at_its_ends()
    {
        var recorder = new LatencyRecorder();
        recorder.RecordLateness(-5);
        recorder.RecordLateness(3600L * 1_000_000_000);

        Assert.Equal(2, recorder.StartLateness!.Count);
        Assert.Equal(600, recorder.StartLateness.MaxSeconds);
    }

    [Fact]
    public void Added_recorders_are_one()
    {
        var one = Recorded(1, 100);
        one.Add(Recorded(101, 200));
        var whole = Recorded(1, 200);

        Assert.Equal(ResultsJson.Serialize(whole.ResponseTime!), ResultsJson.Serialize(one.ResponseTime!));
        Assert.Equal(ResultsJson.Serialize(whole.StartLateness!), ResultsJson.Serialize(one.StartLateness!));
    }

    [Fact]
    public void A_reset_forgets_everything()
    {
        var recorder = Recorded(1, 200);
        recorder.Reset();
        Assert.Null(recorder.ResponseTime);
        recorder.Add(Recorded(1, 10));

        Assert.Equal(ResultsJson.Serialize(Recorded(1, 10).ServiceTime!), ResultsJson.Serialize(recorder.ServiceTime!));
    }

    [Fact]
    public void Logs_are_read_by_HdrHistogram_itself()
    {
        Write(Recorded(1, 5000), "a");

        var histogram = ReadLog("a", "response");
        Assert.Equal(5000, histogram.TotalCount);
        // 5,000 * 1 us * 0.99, three digits.
        Assert.InRange(histogram.GetValueAtPercentile(99), 4_950_000, 4_955_000);
        Assert.Equal(5_000_000, histogram.GetMaxValue(), 5_000.0);
    }

    [Fact]
    public void Equal_data_are_equal_bytes_under_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Write(Recorded(1, 500), "a");
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Write(Recorded(1, 500), "b");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        foreach (var kind in (string[])["response", "service", "lateness"])
        {
            Assert.Equal(File.ReadAllBytes(PathOf("a", kind)), File.ReadAllBytes(PathOf("b", kind)));
        }
    }

    [Fact]
    public void An_empty_log_is_readable()
    {
        Write(new LatencyRecorder(), "empty");

        Assert.Equal(0, ReadLog("empty", "lateness").TotalCount);
    }

    private static LatencyRecorder Recorded(int fromMicroseconds, int toMicroseconds)
    {
        var recorder = new LatencyRecorder();
        for (var i = fromMicroseconds; i <= toMicroseconds; i++)
        {
            recorder.RecordAnswer(0, i * 100L, i * 1000L);
            recorder.RecordLateness(i * 100L);
        }

        return recorder;
    }

    private static double At(LatencySummary summary, double percentile) =>
        summary.Spectrum.Single(point => point.Percentile == percentile).Seconds;

    private HistogramBase ReadLog(string name, string kind)
    {
        using var stream = File.OpenRead(PathOf(name, kind));
        using var reader = new HistogramLogReader(stream);
        return reader.ReadHistograms().ToArray().Single();
    }

    private void Write(LatencyRecorder recorder, string name) =>
        recorder.WriteLogs(PathOf(name, "response"), PathOf(name, "service"), PathOf(name, "lateness"));

    private string PathOf(string name, string kind) => Path.Combine(_folder, $"{name}.{kind}.hlog");
}
