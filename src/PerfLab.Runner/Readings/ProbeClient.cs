using System.Globalization;
using System.Net.Sockets;
using System.Text;
using PerfLab.Experiments.Results;

namespace PerfLab.Runner.Readings;

/// <summary>Asks the probe inside a target for snapshots, over its Unix socket.</summary>
internal sealed class ProbeClient : IReadingSource
{
    // A snapshot takes about 0.1 ms; a target that does not answer in this time hangs.
    private const int AnswerTimeoutMilliseconds = 5000;
    private const string SpansPrefix = "spans_started:";
    private const string WorkerPrefix = "cluster_worker:";

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private ProbeClient(Socket socket) => _socket = socket;

    /// <inheritdoc/>
    public string Name => ReadingSourceName.Probe;

    /// <summary>Connects to a probe, or returns null when there is none.</summary>
    public static ProbeClient? Connect(string socketPath)
    {
        if (!File.Exists(socketPath))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = AnswerTimeoutMilliseconds,
            SendTimeout = AnswerTimeoutMilliseconds,
        };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return new ProbeClient(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public Reading Read() => ToReading(Ask((byte)'q'));

    /// <inheritdoc/>
    public FullReading ReadFull()
    {
        var values = Ask((byte)'f');
        var spans = values
            .Where(value => value.Key.StartsWith(SpansPrefix, StringComparison.Ordinal))
            .ToDictionary(value => value.Key[SpansPrefix.Length..], value => value.Value, StringComparer.Ordinal);
        return new FullReading(ToReading(values), spans.Count == 0 ? null : spans);
    }

    /// <inheritdoc/>
    public void FlushSpans()
    {
        try
        {
            Ask((byte)'x');
        }
        catch (Exception error) when (error is IOException or SocketException or InvalidDataException or ObjectDisposedException)
        {
            // It has ended or hangs: what it did not export shows in the span ledger.
        }
    }

    /// <summary>Asks for the worker processes of a Node.js cluster: they serve, and the primary process listens for them.</summary>
    public IReadOnlyList<int> ReadClusterWorkers() =>
    [
        .. Ask((byte)'f').Keys
            .Where(name => name.StartsWith(WorkerPrefix, StringComparison.Ordinal))
            .Select(name => int.Parse(name.AsSpan(WorkerPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static Reading ToReading(Dictionary<string, long> values) => new()
    {
        CpuSeconds = Seconds(values, "cpu_ticks"),
        AllocatedBytes = Count(values, "allocated_bytes"),
        Gen0Count = Count(values, "gen0_count"),
        Gen1Count = Count(values, "gen1_count"),
        Gen2Count = Count(values, "gen2_count"),
        GcPauseSeconds = Seconds(values, "gc_pause_ticks"),
        WorkingSetBytes = Count(values, "working_set_bytes"),
        CompiledMethodCount = Count(values, "compiled_method_count"),
        HeapBytes = Count(values, "heap_bytes"),
        EventLoop = ToEventLoop(values),
    };

    private static EventLoopReading? ToEventLoop(Dictionary<string, long> values) =>
        Seconds(values, "event_loop_active_ticks") is { } active
        && Seconds(values, "event_loop_idle_ticks") is { } idle
        && Count(values, "event_loop_delay_count") is { } count
        && Seconds(values, "event_loop_delay_ticks") is { } delay
            ? new EventLoopReading(active, idle, count, delay)
            : null;

    private static long? Count(Dictionary<string, long> values, string name) =>
        values.TryGetValue(name, out var value) ? value : null;

    private static double? Seconds(Dictionary<string, long> values, string name) =>
        values.TryGetValue(name, out var ticks) ? (double)ticks / TimeSpan.TicksPerSecond : null;

    private Dictionary<string, long> Ask(byte request)
    {
        Span<byte> question = [request];
        _socket.Send(question);
        var length = 0;
        while (length < 2 || _buffer[length - 1] != '\n' || _buffer[length - 2] != '\n')
        {
            if (length == _buffer.Length)
            {
                throw new InvalidDataException($"The probe's answer is longer than {_buffer.Length} bytes.");
            }

            var received = _socket.Receive(_buffer.AsSpan(length));
            if (received == 0)
            {
                throw new IOException("The probe closed its connection: its process ended.");
            }

            length += received;
        }

        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(_buffer, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.LastIndexOf(' ');
            values[line[..blank]] = long.Parse(line.AsSpan(blank + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return values;
    }
}

/// <summary>What the probe noted when its process ended.</summary>
/// <param name="DroppedSpans">Spans that found no room in the SDK's queue.</param>
/// <param name="FailedExports">Warnings and errors of the SDK's exporters.</param>
internal sealed record ProbeExitReport(long DroppedSpans, long FailedExports)
{
    /// <summary>Reads the note of a process that has ended; null when it left none.</summary>
    /// <param name="probeFolder">The folder of the probes.</param>
    /// <param name="processId">The process.</param>
    public static ProbeExitReport? Read(string probeFolder, int processId)
    {
        var path = Path.Combine(probeFolder, string.Create(CultureInfo.InvariantCulture, $"{processId}.exit"));
        if (!File.Exists(path))
        {
            return null;
        }

        var values = File.ReadLines(path)
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 2)
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return new ProbeExitReport(values.GetValueOrDefault("spans_dropped"), values.GetValueOrDefault("failed_exports"));
    }
}
