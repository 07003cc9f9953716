using System.Diagnostics;
using System.Globalization;
using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches;

/// <summary>The null server in a process and on a processor of its own; it ends with this object, or with this program.</summary>
internal sealed class NullServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private NullServerProcess(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Gets its address.</summary>
    public string Url { get; }

    /// <param name="program">The command that starts this program.</param>
    /// <param name="core">The processor.</param>
    /// <param name="arguments">Options of the server.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TargetFailedException">It did not begin to listen.</exception>
    public static async Task<NullServerProcess> StartAsync(IReadOnlyList<string> program, int core, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string[] command = ["-c", core.ToString(CultureInfo.InvariantCulture), .. program, "bench", "null-server", .. arguments];
        var process = Process.Start(new ProcessStartInfo("taskset", command) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            var url = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_limit, cancellationToken);
            return url is not null
                ? new NullServerProcess(process, url)
                : throw new TargetFailedException("The null server did not begin to listen (bench). What it said stands above.");
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
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
}
