namespace PerfLab.Collector.Faults;

/// <summary>Holds the fault that an arm is in.</summary>
internal sealed class FaultSwitch : IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource ending = new();
    private volatile FaultState current;

    /// <summary>Initialises a new instance of the <see cref="FaultSwitch"/> class, well.</summary>
    public FaultSwitch() => current = new FaultState(null, ending.Token);

    /// <summary>Gets the state of now. A request stays with the state that it met.</summary>
    public FaultState Current => current;

    /// <summary>Changes the state and ends the one before.</summary>
    /// <param name="fault">The fault, or null for none.</param>
    public void Change(BackEndFault? fault)
    {
        CancellationTokenSource before;
        lock (gate)
        {
            before = ending;
            ending = new CancellationTokenSource();
            current = new FaultState(fault, ending.Token);
        }

        before.Cancel();
        before.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }
}
