using System.Text.Json;
using PerfLab.Collector;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Collector;

/// <summary>A collector in a process and on a processor of its own.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private readonly HelperProcess _helper;

    private ReceiverProcess(HelperProcess helper, ReceiverAddresses addresses)
    {
        _helper = helper;
        Addresses = addresses;
    }

    /// <summary>Gets where it listens.</summary>
    public ReceiverAddresses Addresses { get; }

    /// <param name="program">The command that starts this program.</param>
    /// <param name="core">The processor.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TargetFailedException">It did not begin to listen.</exception>
    public static async Task<ReceiverProcess> StartAsync(IReadOnlyList<string> program, int core, CancellationToken cancellationToken)
    {
        var (helper, addresses) = await HelperProcess.StartAsync("collector", [.. program, "bench", "receiver"], core, cancellationToken);
        return new ReceiverProcess(helper, JsonSerializer.Deserialize<ReceiverAddresses>(addresses)!);
    }

    /// <summary>Takes its counters.</summary>
    /// <exception cref="TargetFailedException">It does not answer.</exception>
    public async Task<ReceiverCounters> ReadAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ReceiverCounters>(await _helper.AskAsync("read", cancellationToken))!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _helper.DisposeAsync();
}

/// <summary>The other side of <see cref="ReceiverProcess"/>: a collector that answers with its counters for every line it reads.</summary>
public static class ReceiverProcessHost
{
    private const string Arm = "bench";

    /// <summary>Receives until the input ends.</summary>
    /// <param name="input">Who started it holds the other end.</param>
    /// <param name="output">Takes the addresses, then a reading for each line.</param>
    public static async Task RunAsync(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await using var receiver = await OtlpReceiver.StartAsync([Arm], new ReceiverOptions(), CancellationToken.None);
        await output.WriteLineAsync(JsonSerializer.Serialize(new ReceiverAddresses(receiver.HttpEndpoint(Arm), receiver.GrpcEndpoint(Arm))));
        while (await input.ReadLineAsync() is not null)
        {
            var tally = receiver.Read(Arm);
            var reading = new ReceiverCounters(tally.SpanCount, tally.RefusedRequestCount, Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes());
            await output.WriteLineAsync(JsonSerializer.Serialize(reading));
        }
    }
}

/// <summary>Where a collector in a process of its own listens: the first line that it prints, as JSON.</summary>
/// <param name="Http">Base address for OTLP/HTTP.</param>
/// <param name="Grpc">Address for OTLP/gRPC.</param>
public sealed record ReceiverAddresses(Uri Http, Uri Grpc);

/// <summary>What a collector in a process of its own says of itself, one JSON line for each line that it reads.</summary>
/// <param name="SpanCount">Spans taken since it started.</param>
/// <param name="RefusedRequestCount">Requests refused.</param>
/// <param name="CpuSeconds">Processor time of its process.</param>
/// <param name="AllocatedBytes">Bytes allocated on its managed heap.</param>
public sealed record ReceiverCounters(long SpanCount, long RefusedRequestCount, double CpuSeconds, long AllocatedBytes);
