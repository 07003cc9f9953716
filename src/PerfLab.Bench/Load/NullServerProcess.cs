using PerfLab.Runner.Targets;

namespace PerfLab.Bench.Load;

/// <summary>The null server in a process and on a processor of its own.</summary>
internal sealed class NullServerProcess : IAsyncDisposable
{
    private readonly HelperProcess _helper;

    private NullServerProcess(HelperProcess helper, string url)
    {
        _helper = helper;
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
        var (helper, url) = await HelperProcess.StartAsync("null server", [.. program, "bench", "null-server", .. arguments], core, cancellationToken);
        return new NullServerProcess(helper, url);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _helper.DisposeAsync();
}

/// <summary>What users wait for a server that answers after a fixed delay and freezes once, under a constant rate.</summary>
public static class FreezeModel
{
    /// <summary>
    /// Gets a percentile of the response time. The share of requests that arrive during the freeze, f, waits for its end:
    /// evenly from nothing to all of it. So the share q of all waits at most (q - (1 - f)) / f of the freeze.
    /// </summary>
    /// <param name="percentile">0 to 100.</param>
    /// <param name="lengthSeconds">Length of the load.</param>
    /// <param name="freezeSeconds">Length of the freeze, within the load.</param>
    /// <param name="delaySeconds">Delay of every answer.</param>
    public static double ResponseSeconds(double percentile, double lengthSeconds, double freezeSeconds, double delaySeconds)
    {
        var frozenShare = freezeSeconds / lengthSeconds;
        var waited = ((percentile / 100) - (1 - frozenShare)) / frozenShare;
        return (Math.Max(0, waited) * freezeSeconds) + delaySeconds;
    }
}
