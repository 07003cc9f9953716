using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using PerfLab.Collector.Keeping;
using PerfLab.Collector.Profiling;

namespace PerfLab.Runner.Benches.Collectors;

/// <summary>Sends recorded exports again, over and over, as an exporter does: one request at a time on each connection.</summary>
internal sealed class ExportSender : IDisposable
{
    // Enough that the collector always has one to work on while another is on its way.
    private const int Connections = 4;
    private const int GrpcPrefixBytes = 5;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, EnableMultipleHttp2Connections = true })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly ExportWay _way;
    private readonly Uri _address;
    private readonly (byte[] Body, long Spans)[] _requests;

    public ExportSender(ExportWay way, ReceiverAddresses receiver, IReadOnlyList<KeptExport> exports)
    {
        _way = way;
        _address = way.OverGrpc
            ? new Uri(receiver.Grpc, "opentelemetry.proto.collector.trace.v1.TraceService/Export")
            : new Uri(receiver.Http, "v1/traces");
        _requests = [.. exports.Select(export => (BodyOf(way, export), PayloadProfile.CountSpans(export)))];
    }

    /// <summary>Sends as fast as it is answered.</summary>
    public async Task<SendingResult> SendAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(
            () => RepeatAsync(connection, () => clock.Elapsed < length, cancellationToken), cancellationToken)));
        return Add(results, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Sends at a constant rate on one connection; one that is late is followed at once by the next.</summary>
    public async Task<SendingResult> PaceAsync(double spansPerSecond, TimeSpan length, CancellationToken cancellationToken)
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
            var taken = await IsTakenAsync(body, cancellationToken);
            sent += taken ? spans : 0;
            requests += taken ? 1 : 0;
            failed += taken ? 0 : 1;
        }

        return new SendingResult(requests, sent, failed, clock.Elapsed.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // A gRPC message has a flag and its length before it (gRPC over HTTP/2, "Length-Prefixed-Message").
    private static byte[] BodyOf(ExportWay way, KeptExport export)
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

    private static SendingResult Add(SendingResult[] results, double seconds) => new(
        results.Sum(result => result.Requests), results.Sum(result => result.Spans), results.Sum(result => result.Failed), seconds);

    private async Task<SendingResult> RepeatAsync(int first, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        var (requests, spans, failed) = (0L, 0L, 0L);
        for (var index = first; goesOn(); index++)
        {
            var request = _requests[index % _requests.Length];
            if (await IsTakenAsync(request.Body, cancellationToken))
            {
                requests++;
                spans += request.Spans;
            }
            else
            {
                failed++;
            }
        }

        return new SendingResult(requests, spans, failed, 0);
    }

    private async Task<bool> IsTakenAsync(byte[] body, CancellationToken cancellationToken)
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
