using Google.Protobuf;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Protocol;

namespace PerfLab.Collector.Tests.Reading;

public sealed class PayloadCheckTests
{
    /// <summary>The recursion limit of Google's C# parser.</summary>
    private const int GoogleNesting = 100;

    [Fact]
    public void Well_formed_requests_pass()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.True(Passes(SampleExports.Bytes(seed, spans: seed)));
        }
    }

    [Fact]
    public void An_empty_request_passes() => Assert.True(Passes([]));

    [Fact]
    public void A_request_cut_anywhere_is_judged_as_Googles_parser_judges_it()
    {
        var whole = SampleExports.Bytes(seed: 1, spans: 2);
        for (var length = 0; length <= whole.Length; length++)
        {
            AssertSameVerdict(whole.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData(20261122)]
    [InlineData(7)]
    public void A_damaged_request_is_judged_as_Googles_parser_judges_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4000; round++)
        {
            var bytes = SampleExports.Bytes(random.Next(5), spans: random.Next(1, 3));
            var damages = random.Next(1, 5);
            for (var damage = 0; damage < damages; damage++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            AssertSameVerdict(bytes);
        }
    }

    [Theory]
    [InlineData(20261123)]
    public void Random_bytes_are_judged_as_Googles_parser_judges_them(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4000; round++)
        {
            var bytes = new byte[random.Next(1, 64)];
            random.NextBytes(bytes);

            // Half of the payloads start as a request does, so that they get further.
            if (round % 2 == 0)
            {
                bytes[0] = 0x0a;
            }

            AssertSameVerdict(bytes);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x03 }, nameof(WireError.FieldZero))]
    [InlineData(new byte[] { 0x0f }, nameof(WireError.UnknownWireType))]
    [InlineData(new byte[] { 0x08 }, nameof(WireError.Truncated))]
    [InlineData(new byte[] { 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 }, nameof(WireError.VarintTooLong))]
    [InlineData(new byte[] { 0x0a, 0x05, 0x00 }, nameof(WireError.LengthPastEnd))]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f }, nameof(WireError.LengthPastEnd))]
    [InlineData(new byte[] { 0x1a, 0x01, 0xff, 0x0c }, nameof(WireError.UnmatchedGroup))]
    [InlineData(new byte[] { 0x0b, 0x14 }, nameof(WireError.UnmatchedGroup))]
    [InlineData(new byte[] { 0x0b }, nameof(WireError.Truncated))]
    [InlineData(new byte[] { 0x0a, 0x03, 0x1a, 0x01, 0xff }, nameof(WireError.NotUtf8))]
    public void A_fault_is_named(byte[] payload, string expected)
    {
        Assert.False(PayloadValidator.Passes(payload, OtlpSchema.TraceRequest, GoogleNesting, out var fault, out var position));
        Assert.Equal(expected, fault.ToString());
        Assert.InRange(position, 0, payload.Length);
    }

    [Theory]
    [InlineData(46, true)]
    [InlineData(47, true)]
    [InlineData(48, false)]
    [InlineData(4000, false)]
    public void Nesting_is_bounded_where_Googles_parser_bounds_it(int arrays, bool passes)
    {
        // The innermost of n arrays lies 6 + 2n levels inside the request: resource spans, scope spans, span, attribute,
        // value, then an array and a value each; 100 levels are allowed.
        var bytes = SampleExports.Nested(arrays).ToByteArray();
        Assert.Equal(passes, Passes(bytes));
        AssertSameVerdict(bytes);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(100_000)]
    public void Unknown_groups_are_bounded_where_Googles_parser_bounds_them(int groups)
    {
        var bytes = new byte[2 * groups];
        bytes.AsSpan(0, groups).Fill(0x7b);
        bytes.AsSpan(groups).Fill(0x7c);
        AssertSameVerdict(bytes);
    }

    private static bool Passes(ReadOnlySpan<byte> bytes) =>
        PayloadValidator.Passes(bytes, OtlpSchema.TraceRequest, GoogleNesting, out _, out _);

    private static void AssertSameVerdict(ReadOnlySpan<byte> bytes)
    {
        var passes = PayloadValidator.Passes(bytes, OtlpSchema.TraceRequest, GoogleNesting, out var fault, out _);
        var expected = GoogleAccepts(bytes);
        Assert.True(passes == expected, $"{Convert.ToHexString(bytes)}: {fault}, Google's parser: {expected}");
    }

    private static bool GoogleAccepts(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ExportTraceServiceRequest.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
