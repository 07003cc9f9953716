using System.Net;

namespace PerfLab.Collector.Hosting;

/// <summary>A loopback port of an arm, chosen by the system, and the listener that Kestrel's transport puts on it.</summary>
internal sealed class ArmEndPoint() : IPEndPoint(IPAddress.Loopback, 0)
{
    /// <summary>Gets or sets the listener, once the port is open.</summary>
    public SwitchableListener? Listener { get; set; }
}
