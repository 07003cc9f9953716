using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches.Collectors;

/// <summary>A collector in a process and on a processor of its own; it ends with this object, or with this program.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ReceiverProcess(Process process, ReceiverAddresses addresses)
    {
        _process = process;
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
        string[] command = ["-c", core.ToString(CultureInfo.InvariantCulture), .. program, "bench", "receiver"];
        var process = Process.Start(new ProcessStartInfo("taskset", command) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            return new ReceiverProcess(process, await ReadAsync<ReceiverAddresses>(process, cancellationToken));
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Takes its counters.</summary>
    /// <exception cref="TargetFailedException">It does not answer.</exception>
    public async Task<ReceiverReading> ReadAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("read".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadAsync<ReceiverReading>(_process, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(s_limit);
        }
        catch (TimeoutException)
        {
            // It was asked to; now it is made to.
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private static async Task<T> ReadAsync<T>(Process process, CancellationToken cancellationToken)
    {
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_limit, cancellationToken);
        return line is null
            ? throw new TargetFailedException("The collector ended (bench collector). What it said stands above.")
            : JsonSerializer.Deserialize<T>(line)!;
    }
}
