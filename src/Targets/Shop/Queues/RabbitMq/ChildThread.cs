using System.Diagnostics;

namespace Shop.Queues.RabbitMq;

/// <summary>
/// Starts child processes that die with this one. The system ties a child to the thread that started it (PR_SET_PDEATHSIG,
/// prctl(2)), so that thread has to live as long as they do.
/// </summary>
internal sealed class ChildThread : IDisposable
{
    private readonly object _end = new();
    private bool _isEnding;

    /// <summary>Starts the processes.</summary>
    /// <param name="starts">What to start, in this order.</param>
    /// <returns>The processes.</returns>
    public Task<Process[]> StartAsync(IReadOnlyList<ProcessStartInfo> starts)
    {
        var started = new TaskCompletionSource<Process[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                started.SetResult([.. starts.Select(Start)]);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }

            WaitForEnd();
        })
        {
            IsBackground = true,
            Name = "shop-broker",
        }.Start();
        return started.Task;
    }

    /// <summary>Lets the thread end; the children should have ended before.</summary>
    public void Dispose()
    {
        lock (_end)
        {
            _isEnding = true;
            Monitor.Pulse(_end);
        }
    }

    private void WaitForEnd()
    {
        lock (_end)
        {
            while (!_isEnding)
            {
                Monitor.Wait(_end);
            }
        }
    }

    // Its output is read and dropped: a full pipe would stop it.
    private static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
