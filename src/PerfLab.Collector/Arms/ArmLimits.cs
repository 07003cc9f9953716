namespace PerfLab.Collector.Arms;

/// <summary>How much an arm may hold at once.</summary>
/// <param name="MaxConnections">Connections of both ports.</param>
/// <param name="MaxConcurrentRequests">Requests of both ports.</param>
/// <param name="MaxBufferedBytes">Bytes of their bodies.</param>
internal sealed record ArmLimits(int MaxConnections, int MaxConcurrentRequests, long MaxBufferedBytes);
