using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shop.Handicaps;

/// <summary>
/// Lets orders wait the same time each, to some microseconds. The timers of .NET tick in milliseconds and a sleeping thread of
/// the pool would be missing there; one thread of its own sleeps until the next order is due. All wait equally long, so they are
/// due in the order in which they came.
/// </summary>
/// <param name="delay">How long each waits.</param>
internal sealed partial class DelayLine(TimeSpan delay) : BackgroundService
{
    // linux/prctl.h: how late a sleeping thread may be woken; 50 microseconds by default, 1 nanosecond is the least.
    private const int SetTimerSlack = 29;
    private const nuint LeastSlackNanoseconds = 1;

    private readonly Queue<(long Due, TaskCompletionSource Waiting)> _line = new();
    private bool _isStopped;

    /// <summary>Waits; not at all once the process stops.</summary>
    public Task WaitAsync()
    {
        var due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_line)
        {
            if (_isStopped)
            {
                return Task.CompletedTask;
            }

            _line.Enqueue((due, waiting));
            Monitor.Pulse(_line);
        }

        return waiting.Task;
    }

    /// <inheritdoc />
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        ReleaseAll();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var registration = stoppingToken.Register(ReleaseAll);
        await Task.Factory.StartNew(Serve, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // Pending waits complete at once, and later calls do not wait.
    private void ReleaseAll()
    {
        lock (_line)
        {
            _isStopped = true;
            while (_line.TryDequeue(out var left))
            {
                left.Waiting.SetResult();
            }

            Monitor.PulseAll(_line);
        }
    }

    private void Serve()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ControlProcess(SetTimerSlack, LeastSlackNanoseconds, 0, 0, 0);
        }

        while (Next() is var (due, waiting))
        {
            SleepUntil(due);
            waiting.SetResult();
        }
    }

    private (long Due, TaskCompletionSource Waiting)? Next()
    {
        lock (_line)
        {
            while (_line.Count == 0 && !_isStopped)
            {
                Monitor.Wait(_line);
            }

            return _line.TryDequeue(out var next) ? next : null;
        }
    }

    private static void SleepUntil(long due)
    {
        for (var left = due - Stopwatch.GetTimestamp(); left > 0; left = due - Stopwatch.GetTimestamp())
        {
            var span = TimeSpan.FromSeconds((double)left / Stopwatch.Frequency);
            if (OperatingSystem.IsLinux())
            {
                var request = new Timespec((nint)span.TotalSeconds, (nint)(span.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
                _ = Sleep(in request, 0);
            }
            else
            {
                Thread.Sleep(span);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in Timespec request, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ControlProcess(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(nint Seconds, nint Nanoseconds);
}
