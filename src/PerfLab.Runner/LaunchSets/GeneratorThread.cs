using System.Collections.Concurrent;
using PerfLab.Load.Drivers;
using PerfLab.Runner.Machines;

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
    // USER_HZ is 100 on every Linux that .NET runs on (proc(5)).
    private const double TickSeconds = 0.01;

    /// <summary>Gets user and system CPU time since the program started.</summary>
    public static double ReadSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Gets the CPU time of processes that this program started and that have ended, load tools among them; 0 where the system does not tell.</summary>
    public static double ReadEndedChildrenSeconds() =>
        OperatingSystem.IsLinux() && ProcessStat.Read(Environment.ProcessId) is { } stat ? stat.WaitedChildrenCpuTicks * TickSeconds : 0;
}
