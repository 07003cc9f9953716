using System.Text.Json;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches.Collectors;

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
    public async Task<ReceiverReading> ReadAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ReceiverReading>(await _helper.AskAsync("read", cancellationToken))!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _helper.DisposeAsync();
}
