using System.Collections.Concurrent;

namespace PerfLab.Runner.Targets;

/// <summary>
/// One thread that lives as long as the program and starts every target. Linux ends a child with its parent only while the
/// starting <em>thread</em> lives (prctl(2), PR_SET_PDEATHSIG); a thread of the pool would end healthy targets.
/// </summary>
internal sealed class LauncherThread
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread.</summary>
    public LauncherThread()
    {
        new Thread(() =>
        {
            foreach (var action in _work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "perflab launcher",
        }.Start();
    }

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
            catch (Exception error)
            {
                completion.SetException(error);
            }
        });
        return completion.Task;
    }
}
