namespace Shop.Tracing;

/// <summary>What the caller's side of each boundary does, so that the cost of each can be told from the others'.</summary>
/// <param name="Http">Calls as JSON over HTTP/1.1.</param>
/// <param name="Grpc">Calls over gRPC.</param>
/// <param name="Queue">Messages, on both sides.</param>
/// <param name="Database">Statements; nothing can be propagated into a database, so it is none or a span.</param>
internal sealed record BoundarySettings(BoundaryTracing Http, BoundaryTracing Grpc, BoundaryTracing Queue, BoundaryTracing Database);
