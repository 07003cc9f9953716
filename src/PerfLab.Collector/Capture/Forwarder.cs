using System.Buffers;
using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<ForwardingReason, long> refusals = new();
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
        address = options.TracesAddress;

        // A redirect would send the spans, and the API key, to somewhere nobody named; a proxy does not know what is on this machine.
        client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, UseProxy = !address.IsLoopback }) { Timeout = Timeout.InfiniteTimeSpan };
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
            Interlocked.Add(ref noRoomSpans, spans);
            Settle(new QueuedExport(bytes, payload.Length, spans));
        }
    }

    /// <summary>Reads the counts.</summary>
    public ForwardingCounts Read() => new(
        Interlocked.Read(ref sentSpans), Interlocked.Read(ref noRoomSpans), Interlocked.Read(ref refusedSpans), Interlocked.Read(ref waitingSpans))
    {
        Refusals = refusals.IsEmpty ? [] :
        [
            .. refusals.OrderByDescending(refusal => refusal.Value)
                .Select(refusal => new ForwardingRefusal(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), refusal.Key, refusal.Value)),
        ],
    };

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

    private async Task WorkAsync()
    {
        await foreach (var export in queue.Reader.ReadAllAsync())
        {
            var answer = await SendAsync(export);
            var refused = answer.Refusal is null ? 0 : Math.Min(answer.RejectedCount ?? export.Spans, export.Spans);
            if (answer.Refusal is { } reason)
            {
                refusals.AddOrUpdate(reason, refused, (_, earlier) => earlier + refused);
            }

            Interlocked.Add(ref sentSpans, export.Spans - refused);
            Interlocked.Add(ref refusedSpans, refused);
            Settle(export);
        }
    }

    private void Settle(QueuedExport export)
    {
        Interlocked.Add(ref waitingSpans, -export.Spans);
        Interlocked.Add(ref queuedBytes, -export.Length);
        ArrayPool<byte>.Shared.Return(export.Bytes);
    }

    private async Task<ForwardingAnswer> SendAsync(QueuedExport export)
    {
        var wait = options.InitialBackoff;
        var last = new ForwardingAnswer(null, new ForwardingReason(null, "not sent before the end of the run"), true, null);
        for (var attempt = 1; attempt <= options.MaxAttempts && last.MayTryAgain && !ending.IsCancellationRequested; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(last.RetryAfter ?? wait, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait *= 2;
            }

            last = await TryAsync(export);
        }

        return last;
    }

    private async Task<ForwardingAnswer> TryAsync(QueuedExport export)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        limit.CancelAfter(options.AttemptTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(export.Bytes, 0, export.Length) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(PayloadType);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ForwardingAnswer.ReadAsync(response, limit.Token);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            // Not reached, or not answered in time: the next try may be luckier, and the last is counted as lost.
            var what = failed is OperationCanceledException ? "no answer in time" : failed.GetBaseException().Message;
            return new ForwardingAnswer(null, new ForwardingReason(null, what), true, null);
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

    /// <summary>Gets why spans were refused, most spans first; their counts add up to <see cref="RefusedCount"/>.</summary>
    public IReadOnlyList<ForwardingRefusal> Refusals { get; init; } = [];
}
