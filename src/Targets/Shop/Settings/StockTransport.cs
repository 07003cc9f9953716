namespace Shop.Settings;

/// <summary>How the inventory is called.</summary>
internal enum StockTransport
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>gRPC over HTTP/2 without TLS, on a port of its own.</summary>
    Grpc = 1,

    /// <summary>JSON over HTTP/1.1.</summary>
    Http = 2,
}
