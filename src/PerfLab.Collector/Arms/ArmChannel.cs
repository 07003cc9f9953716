using PerfLab.Collector.Accounting;
using PerfLab.Collector.Bodies;
using PerfLab.Collector.Faults;
using PerfLab.Collector.Forwarding;
using PerfLab.Collector.Keeping;

namespace PerfLab.Collector.Arms;

/// <summary>One arm's way into the receiver: its own ledger, its own room and its own limits, so that arms cannot disturb each other.</summary>
internal sealed class ArmChannel : IDisposable
{
    /// <summary>Initialises a new instance of the <see cref="ArmChannel"/> class.</summary>
    /// <param name="name">The arm.</param>
    /// <param name="limits">How much it may hold at once.</param>
    /// <param name="forwarder">Sends on what is taken; null sends nothing on.</param>
    public ArmChannel(string name, ArmLimits limits, Forwarder? forwarder = null)
    {
        Forwarder = forwarder;
        Name = name;
        Connections = new OpenConnections(limits.MaxConnections);
        Requests = new AdmissionGate(limits.MaxConcurrentRequests);
        Budget = new BufferBudget(limits.MaxBufferedBytes);
    }

    /// <summary>Gets the arm's name.</summary>
    public string Name { get; }

    /// <summary>Gets what arrived.</summary>
    public ExportLedger Ledger { get; } = new();

    /// <summary>Gets copies of what was taken, while somebody wants them.</summary>
    public ExportKeeper Keeper { get; } = new();

    /// <summary>Gets what sends on what is taken; null where nothing does.</summary>
    public Forwarder? Forwarder { get; }

    /// <summary>Gets the trouble that the arm's back end is in.</summary>
    public FaultSwitch Faults { get; } = new();

    /// <summary>Gets the connections.</summary>
    public OpenConnections Connections { get; }

    /// <summary>Gets the bound on requests at once.</summary>
    public AdmissionGate Requests { get; }

    /// <summary>Gets the bound on bytes held.</summary>
    public BufferBudget Budget { get; }

    /// <inheritdoc/>
    public void Dispose() => Faults.Dispose();
}
