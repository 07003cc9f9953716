using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace PerfLab.Collector.Capture;

/// <summary>
/// Sends on what was received, one request at a time, from a bounded queue. The receiver never waits for it: what finds no
/// room is lost here and counted.
/// </summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private const string PayloadType = "application/x-protobuf";

    private readonly ForwardingOptions options;
    private readonly HttpClient client;
    private readonly Uri address;
    private readonly Channel<QueuedExport> queue = Channel.CreateUnbounded<QueuedExport>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource ending = new();
    private readonly Task working;
    private long queuedBytes;
    private long waitingSpans;
    private long sentSpans;
    private long noRoomSpans;
    private long refusedSpans;

    /// <summary>Initialises a new instance of the <see cref="Forwarder"/> class, working.</summary>
    public Forwarder(ForwardingOptions options)
    {
        this.options = options;
        address = new Uri(options.Endpoint, "v1/traces");
        client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in options.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        working = Task.Run(WorkAsync);
    }

    /// <summary>Takes a copy of a payload, if there is room.</summary>
    /// <param name="payload">A checked ExportTraceServiceRequest.</param>
    /// <param name="spans">How many spans it has.</param>
    public void Offer(ReadOnlySpan<byte> payload, long spans)
    {
        if (Interlocked.Add(ref queuedBytes, payload.Length) > options.MaxQueuedBytes)
        {
            Interlocked.Add(ref queuedBytes, -payload.Length);
            Interlocked.Add(ref noRoomSpans, spans);
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(bytes);
        Interlocked.Add(ref waitingSpans, spans);
        if (!queue.Writer.TryWrite(new QueuedExport(bytes, payload.Length, spans)))
        {
            Settle(new QueuedExport(bytes, payload.Length, spans), ref refusedSpans);
        }
    }

    /// <summary>Reads the counts.</summary>
    public ForwardingCounts Read() => new(
        Interlocked.Read(ref sentSpans), Interlocked.Read(ref noRoomSpans), Interlocked.Read(ref refusedSpans), Interlocked.Read(ref waitingSpans));

    /// <summary>Sends what is queued, for a bounded time, and counts the rest as lost.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAny(working, Task.Delay(options.DrainTimeout));
        await ending.CancelAsync();
        await working;
        client.Dispose();
        ending.Dispose();
    }

    // Of what an endpoint answers, only these are for now (OTLP specification, "Retryable Response Codes").
    private static bool IsForNow(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private async Task WorkAsync()
    {
        await foreach (var export in queue.Reader.ReadAllAsync())
        {
            if (await IsTakenAsync(export))
            {
                Settle(export, ref sentSpans);
            }
            else
            {
                Settle(export, ref refusedSpans);
            }
        }
    }

    private void Settle(QueuedExport export, ref long count)
    {
        Interlocked.Add(ref count, export.Spans);
        Interlocked.Add(ref waitingSpans, -export.Spans);
        Interlocked.Add(ref queuedBytes, -export.Length);
        ArrayPool<byte>.Shared.Return(export.Bytes);
    }

    private async Task<bool> IsTakenAsync(QueuedExport export)
    {
        var wait = options.InitialBackoff;
        for (var attempt = 1; !ending.IsCancellationRequested; attempt++)
        {
            var (isTaken, mayTryAgain, asked) = await TryAsync(export);
            if (isTaken || !mayTryAgain || attempt >= options.MaxAttempts)
            {
                return isTaken;
            }

            await Task.Delay(asked ?? wait, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait *= 2;
        }

        return false;
    }

    private async Task<(bool IsTaken, bool MayTryAgain, TimeSpan? Asked)> TryAsync(QueuedExport export)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        limit.CancelAfter(options.AttemptTimeout);
        using var content = new ByteArrayContent(export.Bytes, 0, export.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue(PayloadType);
        try
        {
            using var response = await client.PostAsync(address, content, limit.Token);
            return (response.IsSuccessStatusCode, IsForNow(response.StatusCode), response.Headers.RetryAfter?.Delta);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            // Not reached, or not answered in time: the next try may be luckier, and the last is counted as lost.
            return (false, true, null);
        }
    }
}

/// <summary>A payload that waits to be sent on.</summary>
/// <param name="Bytes">A rented array.</param>
/// <param name="Length">How much of it is the payload.</param>
/// <param name="Spans">How many spans it has.</param>
internal readonly record struct QueuedExport(byte[] Bytes, int Length, long Spans);

/// <summary>What became of the spans that were to be sent on, since the start.</summary>
/// <param name="SentCount">Taken by the endpoint.</param>
/// <param name="NoRoomCount">Lost, because too much was waiting already.</param>
/// <param name="RefusedCount">Lost, because the endpoint refused them for good or did not take them in any try.</param>
/// <param name="WaitingCount">Still waiting.</param>
public sealed record ForwardingCounts(long SentCount, long NoRoomCount, long RefusedCount, long WaitingCount)
{
    /// <summary>Gets all that were lost.</summary>
    public long LostCount => NoRoomCount + RefusedCount;
}
