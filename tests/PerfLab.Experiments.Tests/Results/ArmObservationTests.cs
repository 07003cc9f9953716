using PerfLab.Experiments.Results;

namespace PerfLab.Experiments.Tests.Results;

public sealed class ArmObservationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly ArmObservation Sample = new(
        [new ObservedRequest(0, "order", 0.1 + 0.2, 1.0 / 3, HasFailed: false), new ObservedRequest(1, "declined", 5e-324, 12, HasFailed: true)],
        1_700_000_000_123_456_789,
        [
            new SampledSpan(UInt128.MaxValue, ulong.MaxValue, null, "shop", 1, -1, 0, long.MaxValue, 4, IsError: true),
            new SampledSpan(1, 2, 0, "a,\"b\"\n\u001b[2J\u202e\u00e9", null, 1, 2, 3, 4, IsError: false),
        ],
        UnrecordedSpanCount: 7);

    private string Requests => System.IO.Path.Combine(_folder.Path, "a.visibility.csv");

    private string Spans => System.IO.Path.Combine(_folder.Path, "a.spans.csv.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_to_the_last_bit()
    {
        Sample.Write(Requests, Spans);

        var read = ArmObservation.Read(Requests, Spans)!;

        Assert.Equal(Sample.Requests, read.Requests);
        Assert.Equal(Sample.Spans, read.Spans);
        Assert.Equal((Sample.BeginUnixNanoseconds, Sample.UnrecordedSpanCount), (read.BeginUnixNanoseconds, read.UnrecordedSpanCount));
    }

    [Fact]
    public void A_run_without_stored_spans_has_no_observation()
    {
        Sample.Write(Requests, Spans);
        File.Delete(Spans);

        Assert.Null(ArmObservation.Read(Requests, Spans));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-20)]
    public void A_span_table_that_was_cut_off_is_refused_with_its_path(int length)
    {
        Sample.Write(Requests, Spans);
        var bytes = File.ReadAllBytes(Spans);
        File.WriteAllBytes(Spans, bytes[..(length >= 0 ? length : bytes.Length + length)]);

        var error = Assert.Throws<InvalidDataException>(() => ArmObservation.Read(Requests, Spans));

        Assert.Contains("a.spans.csv.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_request_table_is_refused_with_its_line()
    {
        Sample.Write(Requests, Spans);
        File.AppendAllText(Requests, "2,order,soon,0.1,no\n");

        var error = Assert.Throws<InvalidDataException>(() => ArmObservation.Read(Requests, Spans));

        Assert.Contains("a.visibility.csv(4)", error.Message, StringComparison.Ordinal);
    }
}
