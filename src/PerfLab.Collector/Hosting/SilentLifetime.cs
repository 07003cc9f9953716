using Microsoft.Extensions.Hosting;

namespace PerfLab.Collector.Hosting;

/// <summary>Replaces the console lifetime: the program around the receiver owns the signals and the console.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
