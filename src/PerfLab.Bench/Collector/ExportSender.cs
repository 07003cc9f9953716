using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using PerfLab.Collector;
using PerfLab.Collector.Capture;

namespace PerfLab.Bench.Collector;

/// <summary>Sends recorded exports again, over and over, as an exporter does: one request at a time on each connection.</summary>
internal sealed class ExportSender : IDisposable
{
    // Enough that the collector always has one to work on while another is on its way.
    private const int Connections = 4;
    private const int GrpcPrefixBytes = 5;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, EnableMultipleHttp2Connections = true, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly ExportTransport _way;
    private readonly Uri _address;
    private readonly (byte[] Body, long Spans)[] _requests;

    public ExportSender(ExportTransport way, ReceiverAddresses receiver, IReadOnlyList<CapturedExport> exports)
    {
        _way = way;
        _address = way.OverGrpc
            ? new Uri(receiver.Grpc, "opentelemetry.proto.collector.trace.v1.TraceService/Export")
            : new Uri(receiver.Http, "v1/traces");
        _requests = [.. exports.Select(export => (BodyOf(way, export), PayloadBenchmark.CountSpans(export)))];
    }

    /// <summary>Sends as fast as it is answered.</summary>
    public async Task<SendResult> SendAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(
            () => RepeatAsync(connection, () => clock.Elapsed < length, cancellationToken), cancellationToken)));
        return Add(results, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Sends at a constant rate on one connection; one that is late is followed at once by the next.</summary>
    public async Task<SendResult> PaceAsync(double spansPerSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        var (requests, failed) = (0L, 0L);
        for (var index = 0; clock.Elapsed < length; index++)
        {
            var wait = TimeSpan.FromSeconds(sent / spansPerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            var (body, spans) = _requests[index % _requests.Length];
            var taken = await TrySendAsync(body, cancellationToken);
            sent += taken ? spans : 0;
            requests += taken ? 1 : 0;
            failed += taken ? 0 : 1;
        }

        return new SendResult(requests, sent, failed, clock.Elapsed.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // A gRPC message has a flag and its length before it (gRPC over HTTP/2, "Length-Prefixed-Message").
    private static byte[] BodyOf(ExportTransport way, CapturedExport export)
    {
        if (!way.OverGrpc)
        {
            return export.Sent.ToArray();
        }

        var body = new byte[GrpcPrefixBytes + export.Sent.Length];
        body[0] = way.Compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), export.Sent.Length);
        export.Sent.CopyTo(body.AsMemory(GrpcPrefixBytes));
        return body;
    }

    private static SendResult Add(SendResult[] results, double seconds) => new(
        results.Sum(result => result.Requests), results.Sum(result => result.Spans), results.Sum(result => result.Failed), seconds);

    private async Task<SendResult> RepeatAsync(int first, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        var (requests, spans, failed) = (0L, 0L, 0L);
        for (var index = first; goesOn(); index++)
        {
            var request = _requests[index % _requests.Length];
            if (await TrySendAsync(request.Body, cancellationToken))
            {
                requests++;
                spans += request.Spans;
            }
            else
            {
                failed++;
            }
        }

        return new SendResult(requests, spans, failed, 0);
    }

    private async Task<bool> TrySendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(_way.OverGrpc ? "application/grpc" : "application/x-protobuf");
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = content,
            Version = _way.OverGrpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Describe(request, content);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                && (!_way.OverGrpc || (response.TrailingHeaders.TryGetValues("grpc-status", out var status) && status.Single() == "0"));
        }
        catch (HttpRequestException)
        {
            // Counted as failed by the caller: the bench's goal is that there are none.
            return false;
        }
    }

    private void Describe(HttpRequestMessage request, ByteArrayContent content)
    {
        if (_way.OverGrpc)
        {
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            if (_way.Compressed)
            {
                request.Headers.Add("grpc-encoding", "gzip");
            }
        }
        else if (_way.Compressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }
    }
}

/// <summary>How exports travel.</summary>
/// <param name="Name">The name in records.</param>
/// <param name="OverGrpc">True for gRPC, false for protobuf over HTTP.</param>
/// <param name="Compressed">True for gzip.</param>
internal sealed record ExportTransport(string Name, bool OverGrpc, bool Compressed)
{
    /// <summary>Gets all ways.</summary>
    public static IReadOnlyList<ExportTransport> All { get; } =
    [
        new("http", OverGrpc: false, Compressed: false),
        new("http gzip", OverGrpc: false, Compressed: true),
        new("grpc", OverGrpc: true, Compressed: false),
        new("grpc gzip", OverGrpc: true, Compressed: true),
    ];
}

/// <summary>What a sender did.</summary>
/// <param name="Requests">Requests answered as taken.</param>
/// <param name="Spans">Spans in them.</param>
/// <param name="Failed">Requests answered otherwise, or not at all.</param>
/// <param name="Seconds">Time from the first send to the last answer.</param>
internal sealed record SendResult(long Requests, long Spans, long Failed, double Seconds);
