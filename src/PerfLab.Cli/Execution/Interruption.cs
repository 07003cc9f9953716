using System.Runtime.InteropServices;
using PerfLab.Experiments.Results;
using PerfLab.Runner.Targets;

namespace PerfLab.Cli.Execution;

/// <summary>
/// Turns the first Ctrl-C, SIGTERM or SIGHUP into a cancellation. A second Ctrl-C or SIGTERM ends the targets without waiting for
/// them, so that what is complete is still kept and reported; a third ends the program. A closed terminal may send SIGHUP several times.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _insisted;

    /// <summary>Begins to listen.</summary>
    public Interruption() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Gets the token that is cancelled.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Insist(context);
            return;
        }

        Console.Error.WriteLine("Stopping: what was started is being shut down, what is complete is kept.");
        _source.Cancel();
    }

    private void Insist(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGHUP)
        {
            return;
        }

        context.Cancel = Interlocked.Increment(ref _insisted) == 1;
        if (context.Cancel)
        {
            Console.Error.WriteLine("Stopping at once: targets are killed, what is complete is kept.");
            TargetMark.EndOwn();
        }
    }
}

/// <summary>What runs that were killed have left: processes, temporary folders and launch sets that were not finished.</summary>
internal static class Leftovers
{
    /// <summary>Ends and removes them, and says so.</summary>
    /// <param name="results">The folder of runs.</param>
    public static void Remove(string results)
    {
        if (TargetMark.EndLeftovers() is { Count: > 0 } ended)
        {
            Console.WriteLine($"Ended {ended.Count} processes that a killed run had left: {string.Join(", ", ended)}.");
        }

        foreach (var folder in LeftFolders.RemoveTemporary(LeftFolders.TemporaryParents).Concat(LeftFolders.RemoveUnfinished(results)))
        {
            Console.WriteLine($"Removed what a killed run had left: {folder}");
        }
    }
}
