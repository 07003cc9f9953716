namespace Shop.Settings;

/// <summary>How the simulated payment gateway behaves.</summary>
/// <param name="Latency">How long it takes to answer; zero answers at once.</param>
/// <param name="FailureRatio">The share of charges that it fails to answer, 0 to 1.</param>
internal sealed record GatewaySettings(TimeSpan Latency, double FailureRatio)
{
    /// <summary>Gets how much longer it takes for an invoice, whose buyer's credit it looks up first.</summary>
    public TimeSpan InvoiceLatency { get; init; }
}
