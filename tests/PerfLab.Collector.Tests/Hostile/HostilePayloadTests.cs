using Google.Protobuf;
using Grpc.Core;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Tests.Answering;

namespace PerfLab.Collector.Tests.Hostile;

public sealed class HostilePayloadTests : IAsyncLifetime
{
    private const int OneMebibyte = 1024 * 1024;

    private OtlpReceiver receiver = null!;
    private RawHttp http = null!;
    private RawGrpc grpc = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new ReceiverOptions { MaxBodyBytes = OneMebibyte, MaxDecodedBytes = OneMebibyte };
        receiver = await OtlpReceiver.StartAsync(["arm"], options, Limits.Token);
        http = new RawHttp(receiver, "arm");
        grpc = new RawGrpc(receiver, "arm");
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, receiver.HeldBytes("arm"));
        Assert.Equal(200, (await http.PostAsync(SampleExports.Bytes(1))).StatusCode);
        http.Dispose();
        grpc.Dispose();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_body_cut_anywhere_is_an_error_answer_unless_it_is_a_whole_message()
    {
        // One resource-spans message is the whole request, so that only the cut to nothing leaves a whole message.
        var whole = SampleExports.Bytes(seed: 1, spans: 1);
        for (var length = 0; length <= whole.Length; length++)
        {
            var answer = await http.PostAsync(whole[..length]);
            Assert.Equal(length == 0 || length == whole.Length ? 200 : 400, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_gzip_stream_cut_anywhere_is_an_error_answer()
    {
        var whole = RawHttp.Gzip(SampleExports.Bytes(seed: 1, spans: 1));
        for (var length = 0; length < whole.Length; length++)
        {
            var answer = await http.PostAsync(whole[..length], encoding: "gzip");
            Assert.True(answer.StatusCode == 400, $"{length} of {whole.Length} bytes: {answer.StatusCode}");
        }

        Assert.Equal(1, (await CountAfter(whole)).SpanCount);
    }

    [Fact]
    public async Task A_gzip_stream_with_a_wrong_checksum_is_an_error_answer()
    {
        var damaged = RawHttp.Gzip(SampleExports.Bytes(seed: 1, spans: 1));
        damaged[^6] ^= 0x10;

        Assert.Equal(400, (await http.PostAsync(damaged, encoding: "gzip")).StatusCode);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_gzip_stream_of_several_members_is_their_content_one_after_the_other(int members)
    {
        // As `cat a.gz b.gz` makes it (RFC 1952, 2.2); exports may be concatenated like every protobuf message.
        byte[][] parts = [.. Enumerable.Range(0, members).Select(part => RawHttp.Gzip(SampleExports.Bytes(seed: part + 1, spans: part + 1)))];
        byte[] whole = [.. parts.SelectMany(part => part)];

        var tally = await CountAfter(whole);

        Assert.Equal(members * (members + 1) / 2, tally.SpanCount);
        Assert.Equal(400, (await http.PostAsync(whole[..^3], encoding: "gzip")).StatusCode);
        Assert.Equal(400, (await http.PostAsync([.. whole, .. "no gzip, and longer than a trailer"u8], encoding: "gzip")).StatusCode);
        Assert.Equal(200, (await http.PostAsync([.. whole, .. RawHttp.Gzip([])], encoding: "x-gzip")).StatusCode);
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_over_both_transports()
    {
        // 200 MiB of zeros are about 200 KiB of gzip.
        var zeros = new byte[200 * OneMebibyte];
        var bomb = RawHttp.Gzip(zeros);
        Assert.InRange(bomb.Length, 1, OneMebibyte);

        Assert.Equal(413, (await http.PostAsync(bomb, encoding: "gzip")).StatusCode);
        using var armed = new RawGrpc(receiver, "arm", new OddCompression("gzip"));
        var refused = await Assert.ThrowsAsync<RpcException>(() => armed.ExportAsync(bomb, "gzip"));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public void A_gzip_bomb_never_holds_more_than_the_limit_and_one_doubling()
    {
        var budget = new BufferBudget(4 * OneMebibyte);
        using var bomb = new PooledBody(new BufferBudget(long.MaxValue), int.MaxValue);
        bomb.Append(new System.Buffers.ReadOnlySequence<byte>(RawHttp.Gzip(new byte[50 * OneMebibyte])));
        using var decoded = new PooledBody(budget, OneMebibyte);

        // A budget of four times the limit would say OverBudget if more were asked for.
        Assert.Equal(BodyError.TooLarge, GzipDecoder.Decode(bomb, decoded));
        Assert.InRange(budget.HeldBytes, OneMebibyte, 2 * OneMebibyte);
    }

    [Fact]
    public async Task Deeply_nested_values_are_refused()
    {
        Assert.Equal(400, (await http.PostAsync(SampleExports.Nested(5000).ToByteArray())).StatusCode);
        Assert.Equal(400, (await http.PostAsync(Enumerable.Repeat((byte)0x7b, 500_000).ToArray())).StatusCode);
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.ExportAsync(SampleExports.Nested(60).ToByteArray()));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Theory]
    [InlineData(20261122)]
    public async Task Damaged_bodies_over_HTTP_are_always_answered(int seed)
    {
        var random = new Random(seed);
        int[] expected = [200, 400, 413, 415];
        for (var round = 0; round < 1500; round++)
        {
            var compressed = random.Next(2) == 0;
            var body = Damage(random, SampleExports.Bytes(random.Next(9), random.Next(4)), compressed);
            var answer = await http.PostAsync(body, encoding: compressed ? "gzip" : null, chunked: random.Next(4) == 0);
            Assert.Contains(answer.StatusCode, expected);
        }

        var tally = receiver.Read("arm");
        Assert.Equal(1500, tally.ExportRequestCount + tally.RefusedRequestCount);
    }

    [Theory]
    [InlineData(20261123)]
    public async Task Damaged_messages_over_gRPC_are_always_answered(int seed)
    {
        using var odd = new RawGrpc(receiver, "arm", new OddCompression("gzip"));
        var random = new Random(seed);
        StatusCode[] expected = [StatusCode.InvalidArgument, StatusCode.ResourceExhausted];
        for (var round = 0; round < 500; round++)
        {
            var compressed = random.Next(2) == 0;
            var body = Damage(random, SampleExports.Bytes(random.Next(9), random.Next(4)), compressed);
            try
            {
                await odd.ExportAsync(body, compressed ? "gzip" : null);
            }
            catch (RpcException refused)
            {
                Assert.Contains(refused.StatusCode, expected);
            }
        }

        var tally = receiver.Read("arm");
        Assert.Equal(500, tally.ExportRequestCount + tally.RefusedRequestCount);
    }

    private static byte[] Damage(Random random, byte[] body, bool compressed)
    {
        var before = random.Next(2) == 0;
        body = compressed && before ? RawHttp.Gzip(Damage(random, body)) : body;
        return compressed ? before ? body : Damage(random, RawHttp.Gzip(body)) : Damage(random, body);
    }

    private static byte[] Damage(Random random, byte[] body)
    {
        var copy = body.ToArray();
        for (var damage = random.Next(4); damage > 0 && copy.Length > 0; damage--)
        {
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? copy[..random.Next(copy.Length + 1)] : copy;
    }

    private async Task<ArmTelemetryCounts> CountAfter(byte[] gzip)
    {
        Assert.Equal(200, (await http.PostAsync(gzip, encoding: "gzip")).StatusCode);
        return receiver.Read("arm");
    }
}
