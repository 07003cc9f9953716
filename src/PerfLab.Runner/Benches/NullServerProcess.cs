using PerfLab.Runner.Targets;

namespace PerfLab.Runner.Benches;

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
