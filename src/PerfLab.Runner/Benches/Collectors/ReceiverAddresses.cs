namespace PerfLab.Runner.Benches.Collectors;

/// <summary>Where a collector in a process of its own listens: the first line that it prints, as JSON.</summary>
/// <param name="Http">Base address for OTLP/HTTP.</param>
/// <param name="Grpc">Address for OTLP/gRPC.</param>
public sealed record ReceiverAddresses(Uri Http, Uri Grpc);
