namespace Shop.Queues;

/// <summary>A broker that this process started and therefore stops.</summary>
internal interface IBroker : IAsyncDisposable
{
    /// <summary>Gets where it listens, on loopback.</summary>
    Uri Address { get; }
}
