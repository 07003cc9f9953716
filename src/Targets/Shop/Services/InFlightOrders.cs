namespace Shop.Services;

/// <summary>
/// Lets the orders that were begun finish before the server closes its connections: an order in a process that hosts
/// all services calls that same server three times.
/// </summary>
internal sealed class InFlightOrders : IHostedLifecycleService
{
    // Shorter than the host's own limit, so that the server still closes in an orderly way.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One is held until the stop begins, so that the count reaches zero only afterwards.
    private int _count = 1;
    private volatile bool _isStopping;

    /// <summary>Begins an order. Every success is followed by <see cref="Leave"/>.</summary>
    /// <returns>False when the process is stopping and takes no more orders.</returns>
    public bool TryEnter()
    {
        if (_isStopping)
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Ends an order.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _drained.TrySetResult();
        }
    }

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        Leave();
        await Task.WhenAny(_drained.Task, Task.Delay(DrainLimit, cancellationToken));
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
