using PerfLab.Collector.Accounting;
using PerfLab.Collector.Capture;
using PerfLab.Collector.Payloads;
using PerfLab.Collector.TailSampling;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Collector.Exports;

/// <summary>One arm's way into the receiver: its own ledger, its own room and its own limits, so that arms cannot disturb each other.</summary>
internal sealed class ArmReceiver : IDisposable
{
    /// <summary>Initialises a new instance of the <see cref="ArmReceiver"/> class.</summary>
    /// <param name="name">The arm.</param>
    /// <param name="limits">How much it may hold at once.</param>
    /// <param name="tail">How it judges traces; null keeps all.</param>
    /// <param name="time">The clock.</param>
    /// <param name="forwarder">Sends on what is taken; null sends nothing on.</param>
    /// <param name="token">What an export has to show; null for nothing.</param>
    public ArmReceiver(string name, ArmLimits limits, TailSamplingPolicy? tail, TimeProvider time, Forwarder? forwarder = null, string? token = null)
    {
        Token = token;
        Forwarder = forwarder;
        Name = name;
        Recorder = new SpanRecorder(time);
        Tail = tail is null ? null : new TailSampler(tail, Recorder, Cpu, time);
        Connections = new OpenConnections(limits.MaxConnections);
        Requests = new ConcurrencyLimiter(limits.MaxConcurrentRequests);
        Budget = new BufferBudget(limits.MaxBufferedBytes);
    }

    /// <summary>Gets the arm's name.</summary>
    public string Name { get; }

    /// <summary>Gets what an export has to show in its path or headers; null for nothing.</summary>
    public string? Token { get; }

    /// <summary>Gets what arrived.</summary>
    public ExportLedger Ledger { get; } = new();

    /// <summary>Gets copies of what was taken, while somebody wants them.</summary>
    public ExportCapture Capture { get; } = new();

    /// <summary>Gets what sends on what is taken; null where nothing does.</summary>
    public Forwarder? Forwarder { get; }

    /// <summary>Gets the trouble that the arm's back end is in.</summary>
    public FaultInjector Faults { get; } = new();

    /// <summary>Gets the connections.</summary>
    public OpenConnections Connections { get; }

    /// <summary>Gets the bound on requests at once.</summary>
    public ConcurrencyLimiter Requests { get; }

    /// <summary>Gets the bound on bytes held.</summary>
    public BufferBudget Budget { get; }

    /// <summary>Gets what handling its telemetry costs.</summary>
    public CpuMeter Cpu { get; } = new();

    /// <summary>Gets who judges its traces; null where all are kept.</summary>
    public TailSampler? Tail { get; }

    /// <summary>Gets who writes down what is kept.</summary>
    public SpanRecorder Recorder { get; }

    /// <summary>Takes the spans of a request that was taken.</summary>
    /// <param name="payload">A checked ExportTraceServiceRequest.</param>
    public void Take(ReadOnlySpan<byte> payload)
    {
        if (Tail is { } tail)
        {
            tail.Take(payload);
        }
        else
        {
            Recorder.RecordAll(payload);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tail?.Dispose();
        Faults.Dispose();
    }
}

/// <summary>How much an arm may hold at once.</summary>
/// <param name="MaxConnections">Connections of both ports.</param>
/// <param name="MaxConcurrentRequests">Requests of both ports.</param>
/// <param name="MaxBufferedBytes">Bytes of their bodies.</param>
internal sealed record ArmLimits(int MaxConnections, int MaxConcurrentRequests, long MaxBufferedBytes);
