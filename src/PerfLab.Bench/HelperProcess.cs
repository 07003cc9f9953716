using System.Diagnostics;
using System.Globalization;
using PerfLab.Runner.Targets;

namespace PerfLab.Bench;

/// <summary>A hidden verb of this program in a process and on a processor of its own, spoken to in lines; it ends with this object, or with this program.</summary>
internal sealed class HelperProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly Process _process;

    private HelperProcess(string name, Process process)
    {
        _name = name;
        _process = process;
    }

    /// <summary>Starts it and takes the first thing that it says.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="core">The processor.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TargetFailedException">It said nothing.</exception>
    public static async Task<(HelperProcess Helper, string Greeting)> StartAsync(string name, IReadOnlyList<string> command, int core, CancellationToken cancellationToken)
    {
        string[] arguments = ["-c", core.ToString(CultureInfo.InvariantCulture), .. command];
        var process = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var helper = new HelperProcess(name, process);
        try
        {
            return (helper, await helper.ReadLineAsync(cancellationToken));
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Says a line and takes the one that answers it.</summary>
    /// <exception cref="TargetFailedException">It does not answer.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadLineAsync(cancellationToken);
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

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_limit, cancellationToken)
        ?? throw new TargetFailedException($"The {_name} ended (bench). What it said stands above.");
}
