namespace PerfLab.Load.Sockets;

/// <summary>What a connection is doing.</summary>
internal enum ConnectionState
{
    Closed = 0,
    Connecting,
    Idle,
    Sending,
    Receiving,
}
