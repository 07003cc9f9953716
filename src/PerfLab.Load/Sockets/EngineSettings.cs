using PerfLab.Load.Http;
using PerfLab.Load.Linux;

namespace PerfLab.Load.Sockets;

/// <summary>What an engine needs to know.</summary>
internal sealed record EngineSettings
{
    /// <summary>Gets the addresses of the target in the order in which they are tried.</summary>
    public required IReadOnlyList<SocketAddress> Addresses { get; init; }

    public required ResponseLimits Limits { get; init; }

    public required long ConnectTimeoutNanoseconds { get; init; }

    public required long RequestTimeoutNanoseconds { get; init; }
}
