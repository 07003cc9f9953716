using System.Buffers.Binary;
using System.Diagnostics;
using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Exports;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.Transport;

namespace PerfLab.Collector;

/// <summary>
/// Receives OTLP on loopback inside this process and accounts for it per arm. Each arm has a port for OTLP/HTTP (HTTP/1.1)
/// and one for OTLP/gRPC (HTTP/2 without TLS, prior knowledge), so an arm is known by where its telemetry arrives.
/// It answers as the OTLP specification 1.x says.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan DrainPollInterval = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, ArmReceiver> arms;
    private readonly ReceiverHost host;
    private readonly Forwarder? forwarder;
    private readonly SemaphoreSlim changing = new(1, 1);

    private OtlpReceiver(Dictionary<string, ArmReceiver> arms, ReceiverHost host, Forwarder? forwarder)
    {
        this.arms = arms;
        this.forwarder = forwarder;
        this.host = host;
    }

    /// <summary>Starts listening on ports that the system chooses.</summary>
    /// <param name="arms">The arms' names, each once.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running receiver; whoever starts it disposes of it.</returns>
    /// <exception cref="ArgumentException">A limit is out of its range, an arm is named twice, or there is none.</exception>
    /// <exception cref="IOException">A port cannot be opened.</exception>
    public static async Task<OtlpReceiver> StartAsync(
        IReadOnlyList<string> arms, ReceiverOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        var limits = new ArmLimits(options.MaxConnectionsPerArm, options.MaxConcurrentRequests, options.MaxBufferedBytes);
        var sender = options.Forward is { } forward && arms.Count > 0 ? new Forwarder(forward) : null;
        var channels = new Dictionary<string, ArmReceiver>(StringComparer.Ordinal);
        foreach (var arm in arms)
        {
            if (!channels.TryAdd(arm, new ArmReceiver(arm, limits, options.Tail.GetValueOrDefault(arm), options.Time, sender, options.RequiresToken ? ArmToken.Create() : null)))
            {
                throw new ArgumentException($"Arm '{arm}' is named twice. In the arms of the OTLP receiver. Name each once.", nameof(arms));
            }
        }

        if (channels.Count == 0)
        {
            throw new ArgumentException("There are 0 arms. In the arms of the OTLP receiver. Name at least one.", nameof(arms));
        }

        var running = await ReceiverHost.StartAsync(channels.Values, SettingsOf(options), cancellationToken);
        return new OtlpReceiver(channels, running, sender);
    }

    /// <summary>Returns the base address for OTLP/HTTP, with the arm's token as its path where one is required; an exporter appends <c>v1/traces</c>.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public Uri HttpEndpoint(string arm) => Find(arm).Token is { } token ? new Uri(host.Ports[arm].Http, $"{token}/") : host.Ports[arm].Http;

    /// <summary>Returns the address for OTLP/gRPC.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public Uri GrpcEndpoint(string arm) => host.Ports[Find(arm).Name].Grpc;

    /// <summary>Returns the header that shows the arm's token, as <c>OTEL_EXPORTER_OTLP_HEADERS</c> holds it; null where none is required. gRPC has no path for it.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public string? Headers(string arm) => Find(arm).Token is { } token ? $"{ArmToken.Header}={token}" : null;

    /// <summary>Returns what arrived since the start or the last reset. A request is in it wholly or not at all.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public ArmTelemetryCounts Read(string arm) => Find(arm).Ledger.Read();

    /// <summary>Returns what became of the spans that were to be sent on, of all arms; null where nothing is sent on.</summary>
    public ForwardingCounts? ReadForwarding() => forwarder?.Read();

    /// <summary>Starts an arm's account again at zero, its undecided traces forgotten. A request that is on its way counts after the reset.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public void Reset(string arm)
    {
        Find(arm).Ledger.Reset();
        Find(arm).Tail?.Reset();
    }

    /// <summary>Returns what an arm has cost so far.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public ArmCost ReadCost(string arm)
    {
        var channel = Find(arm);
        var tail = channel.Tail?.Read();
        return new ArmCost
        {
            CpuSeconds = channel.Cpu.Seconds,
            PeakHeldBytes = tail?.PeakBytes ?? 0,
            PeakHeldTraces = tail?.PeakTraces ?? 0,
            Tail = tail?.Counts,
        };
    }

    /// <summary>Lets the peaks of <see cref="ReadCost"/> begin again at what is held now.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public void ResetPeaks(string arm) => Find(arm).Tail?.ResetPeaks();

    /// <summary>Judges all traces of an arm that are held back, whether their time is over or not.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public void DecideAll(string arm) => Find(arm).Tail?.DecideAll();

    /// <summary>Begins to write down which spans of an arm are kept; what was written down before is forgotten.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public void BeginRecording(string arm, SpanRecorderOptions options) => Find(arm).Recorder.Begin(options);

    /// <summary>Ends it, and returns what was kept. Traces that tail sampling has not judged are not among it.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public SpanRecording EndRecording(string arm) => Find(arm).Recorder.End();

    /// <summary>
    /// Waits until an arm's senders are gone and everything that they sent is in the account, then closes it: what comes later
    /// is counted as late.
    /// </summary>
    /// <param name="arm">The arm.</param>
    /// <param name="limit">How long at most; a connection that stays open longer is not waited for.</param>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public async Task CloseLedgerAsync(string arm, TimeSpan limit)
    {
        var channel = Find(arm);
        var clock = Stopwatch.StartNew();
        while (channel.Connections.Count > 0 && clock.Elapsed < limit)
        {
            await Task.Delay(DrainPollInterval);
        }

        channel.Ledger.Close();
    }

    /// <summary>Begins to keep copies of an arm's exports, to be looked at later; what was kept before is forgotten.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="maxBytes">How many bytes at most; from the first export that does not fit nothing is kept any more.</param>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public void BeginCapture(string arm, int maxBytes) => Find(arm).Capture.Begin(maxBytes);

    /// <summary>Ends keeping and hands out what was kept.</summary>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public CapturedExports EndCapture(string arm) => Find(arm).Capture.End();

    /// <summary>Tells whether tail sampling dropped a trace of an arm; false also for one that it has not decided, or forgotten.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="traceId">The id, its first byte the most significant.</param>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    public bool IsDropped(string arm, UInt128 traceId)
    {
        if (Find(arm).Tail is not { } tail)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[SpanView.TraceIdBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, traceId);
        return tail.IsDropped(TraceKey.Of(bytes));
    }

    /// <summary>Puts an arm's back end in trouble, in place of any trouble before. Requests already inside stay with what they met.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="fault">The trouble.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The receiver has no such arm, or the fault has a member out of its range.</exception>
    /// <exception cref="IOException">A port that was closed cannot be opened again.</exception>
    public Task InjectFaultAsync(string arm, BackEndFault fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        fault.Validate(nameof(fault));
        return ChangeAsync(Find(arm), fault, cancellationToken);
    }

    /// <summary>Ends the trouble of an arm's back end, if it is in any.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The receiver has no such arm.</exception>
    /// <exception cref="IOException">A port that was closed cannot be opened again.</exception>
    public Task ClearFaultAsync(string arm, CancellationToken cancellationToken) => ChangeAsync(Find(arm), null, cancellationToken);

    /// <summary>Stops listening. Requests inside get a short time to end; silent ones are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var arm in arms.Values)
        {
            arm.Dispose();
        }

        await host.DisposeAsync();
        if (forwarder is not null)
        {
            await forwarder.DisposeAsync();
        }

        changing.Dispose();
    }

    /// <summary>Gets what the host is made of, so that tests can see what it leaves alone.</summary>
    internal IServiceProvider Services => host.Services;

    /// <summary>Returns how many bytes the buffers of an arm hold now, so that tests can see that all come back.</summary>
    internal long HeldBytes(string arm) => Find(arm).Budget.HeldBytes;

    private static ReceiverHostOptions SettingsOf(ReceiverOptions options) => new()
    {
        Limits = new BodyLimits
        {
            MaxWireBytes = options.MaxBodyBytes,
            MaxDecodedBytes = options.MaxDecodedBytes,
            MaxNesting = options.MaxNesting,
            ReadTimeout = TimeSpan.FromSeconds(options.BodySeconds),
        },
        MaxGrpcMessageBytes = options.MaxGrpcMessageBytes,
        ShutdownTimeout = TimeSpan.FromSeconds(options.StopSeconds),
    };

    private async Task ChangeAsync(ArmReceiver arm, BackEndFault? fault, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            arm.Faults.Change(fault);
            if (fault is BackEndFault.Down)
            {
                await host.Ports[arm.Name].CloseAsync();
                arm.Connections.ResetAll();
            }
            else
            {
                await host.Ports[arm.Name].OpenAsync(cancellationToken);
            }
        }
        finally
        {
            changing.Release();
        }
    }

    private ArmReceiver Find(string arm) => arms.TryGetValue(arm, out var channel)
        ? channel
        : throw new ArgumentException(
            $"There is no arm '{arm}'. In the OTLP receiver of {string.Join(", ", arms.Keys.Order(StringComparer.Ordinal))}. Name one of these.",
            nameof(arm));
}
