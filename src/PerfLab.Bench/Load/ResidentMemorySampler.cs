using System.Globalization;
using PerfLab.Runner.Machines;

namespace PerfLab.Bench.Load;

/// <summary>Looks at the resident memory of a program again and again while it runs below a shell.</summary>
internal sealed class ResidentMemorySampler : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    // /proc/PID/statm counts pages.
    private static readonly int s_pageBytes = Environment.SystemPageSize;

    private readonly CancellationTokenSource _end = new();
    private readonly List<double> _residentBytes = [];
    private Task _looking = Task.CompletedTask;

    /// <summary>Begins to look.</summary>
    /// <param name="shell">The process around the program.</param>
    public void Begin(int shell) => _looking = Task.Run(() => LookAsync(shell));

    /// <summary>Gets the mean of the second quarter and of the last one, or null when there are too few looks.</summary>
    public (double Early, double Late)? Quarters()
    {
        var quarter = _residentBytes.Count / 4;
        return quarter == 0 ? null : (_residentBytes.Skip(quarter).Take(quarter).Average(), _residentBytes.TakeLast(quarter).Average());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    /// <summary>Ends looking.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _looking;
    }

    private async Task LookAsync(int shell)
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(s_interval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ProcessTree.DescendantsOf(shell) is [.., var program] && ResidentBytes(program.Id) is { } bytes)
            {
                _residentBytes.Add(bytes);
            }
        }
    }

    private static double? ResidentBytes(int process)
    {
        try
        {
            return double.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * s_pageBytes;
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }
}
