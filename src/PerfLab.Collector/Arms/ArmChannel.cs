using PerfLab.Collector.Accounting;
using PerfLab.Collector.Bodies;

namespace PerfLab.Collector.Arms;

/// <summary>One arm's way into the receiver: its own ledger, its own room and its own limits, so that arms cannot disturb each other.</summary>
internal sealed class ArmChannel
{
    /// <summary>Initialises a new instance of the <see cref="ArmChannel"/> class.</summary>
    /// <param name="name">The arm.</param>
    /// <param name="limits">How much it may hold at once.</param>
    public ArmChannel(string name, ArmLimits limits)
    {
        Name = name;
        Connections = new AdmissionGate(limits.MaxConnections);
        Requests = new AdmissionGate(limits.MaxConcurrentRequests);
        Budget = new BufferBudget(limits.MaxBufferedBytes);
    }

    /// <summary>Gets the arm's name.</summary>
    public string Name { get; }

    /// <summary>Gets what arrived.</summary>
    public ExportLedger Ledger { get; } = new();

    /// <summary>Gets the bound on connections.</summary>
    public AdmissionGate Connections { get; }

    /// <summary>Gets the bound on requests at once.</summary>
    public AdmissionGate Requests { get; }

    /// <summary>Gets the bound on bytes held.</summary>
    public BufferBudget Budget { get; }
}
