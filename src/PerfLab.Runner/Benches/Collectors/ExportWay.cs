namespace PerfLab.Runner.Benches.Collectors;

/// <summary>How exports travel.</summary>
/// <param name="Name">The name in records.</param>
/// <param name="OverGrpc">True for gRPC, false for protobuf over HTTP.</param>
/// <param name="Compressed">True for gzip.</param>
internal sealed record ExportWay(string Name, bool OverGrpc, bool Compressed)
{
    /// <summary>Gets all ways.</summary>
    public static IReadOnlyList<ExportWay> All { get; } =
    [
        new("http", OverGrpc: false, Compressed: false),
        new("http gzip", OverGrpc: false, Compressed: true),
        new("grpc", OverGrpc: true, Compressed: false),
        new("grpc gzip", OverGrpc: true, Compressed: true),
    ];
}
