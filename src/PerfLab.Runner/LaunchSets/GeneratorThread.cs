using System.Collections.Concurrent;
using PerfLab.Load.Drivers;

namespace PerfLab.Runner.LaunchSets;

/// <summary>The one thread that paces requests and takes readings; prepared once, alive for the whole run.</summary>
internal sealed class GeneratorThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts the thread.</summary>
    /// <param name="cores">Processors to stay on; null leaves it anywhere.</param>
    public GeneratorThread(IReadOnlyList<int>? cores)
    {
        _thread = new Thread(() =>
        {
            GeneratorThreadSetup.Prepare(cores);
            foreach (var action in _work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "perflab load",
        };
        _thread.Start();
    }

    /// <summary>Runs an action on the thread.</summary>
    public Task RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Runs a function on the thread.</summary>
    public Task<T> RunAsync<T>(Func<T> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                completion.SetResult(function());
            }
            catch (OperationCanceledException error)
            {
                completion.SetCanceled(error.CancellationToken);
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join(TimeSpan.FromSeconds(5));
        _work.Dispose();
    }
}

/// <summary>CPU time of this program: generator, collector and runner together.</summary>
internal static class GeneratorCpu
{
    /// <summary>Gets user and system CPU time since the program started.</summary>
    public static double ReadSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
