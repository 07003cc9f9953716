namespace Shop.Downstream;

/// <summary>What a process of the shop offers beside HTTP, at ports that the system chose. Others ask it at <c>GET /whereabouts</c>.</summary>
/// <param name="GrpcPort">Where it answers gRPC; null when it does not.</param>
/// <param name="Queue">The address of the queue that it runs; null when it runs none.</param>
internal sealed record Whereabouts(int? GrpcPort, string? Queue)
{
    /// <summary>The path at which a process tells; it is never traced.</summary>
    public const string Path = "/whereabouts";
}
