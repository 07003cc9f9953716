using System.Collections.Immutable;
using Shop.Handicaps;

namespace Shop.Settings;

/// <summary>Everything that a start of the shop was told, already validated.</summary>
internal sealed record ShopSettings
{
    /// <summary>Gets the services that this process hosts.</summary>
    public required ImmutableSortedSet<ShopService> Services { get; init; }

    /// <summary>Gets the address to listen on; port 0 lets the system choose one.</summary>
    public required Uri Url { get; init; }

    /// <summary>Gets the addresses of services that were given one; a service without one is called at this process's own address.</summary>
    public required ImmutableDictionary<ShopService, Uri> Addresses { get; init; }

    /// <summary>Gets the costs that are put in on purpose.</summary>
    public required HandicapSettings Handicaps { get; init; }

    /// <summary>Gets the folder of the inventory's database file; null keeps the database in memory.</summary>
    public required string? DataFolder { get; init; }

    /// <summary>Gets how to reach the PostgreSQL database that takes the place of SQLite; null for SQLite.</summary>
    public required string? Postgres { get; init; }

    /// <summary>Gets how the inventory is called.</summary>
    public required InventoryTransport InventoryTransport { get; init; }

    /// <summary>Gets the port for gRPC; 0 lets the system choose one.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>Gets a value indicating whether an order takes its goods out of stock, a write per order, or only looks at them.</summary>
    public required bool ReservesStock { get; init; }

    /// <summary>Gets the queue through which the notifications service receives orders; null without one.</summary>
    public required QueueSettings? Queue { get; init; }

    /// <summary>Gets how the simulated payment gateway behaves.</summary>
    public required PaymentGatewaySettings PaymentGateway { get; init; }

    /// <summary>Gets what the standard <c>OTEL_*</c> variables and Shop's own ask of tracing.</summary>
    public required TracingSettings Tracing { get; init; }

    /// <summary>Gets a value indicating whether this process answers gRPC.</summary>
    public bool ListensForGrpc => InventoryTransport == InventoryTransport.Grpc && Services.Contains(ShopService.Inventory);

    /// <summary>Gets the name of this process in traces: its only service, or <c>shop</c> when it hosts several.</summary>
    public string ProcessName => Services.Count == 1 ? $"shop-{Services[0]}".ToLowerInvariant() : "shop";
}

/// <summary>A service of the shop. One process hosts any subset of them.</summary>
internal enum ShopService
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Takes orders and calls the other services.</summary>
    Orders = 1,

    /// <summary>Knows prices, weights and stock.</summary>
    Inventory = 2,

    /// <summary>Quotes the cost of shipping.</summary>
    Shipping = 3,

    /// <summary>Charges the customer.</summary>
    Payments = 4,

    /// <summary>Notifies the customer, after the order was accepted.</summary>
    Notifications = 5,
}

/// <summary>How the inventory is called.</summary>
internal enum InventoryTransport
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>gRPC over HTTP/2 without TLS, on a port of its own.</summary>
    Grpc = 1,

    /// <summary>JSON over HTTP/1.1.</summary>
    Http = 2,
}

/// <summary>How the simulated payment gateway behaves.</summary>
/// <param name="Latency">How long it takes to answer; zero answers at once.</param>
/// <param name="FailureRatio">The share of charges that it fails to answer, 0 to 1.</param>
internal sealed record PaymentGatewaySettings(TimeSpan Latency, double FailureRatio)
{
    /// <summary>Gets how much longer it takes for an invoice, whose buyer's credit it looks up first.</summary>
    public TimeSpan InvoiceLatency { get; init; }
}
