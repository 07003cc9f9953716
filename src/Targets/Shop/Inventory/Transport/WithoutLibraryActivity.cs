using System.Diagnostics;

namespace Shop.Inventory.Transport;

/// <summary>
/// Steps over the activity that Grpc.Net.Client begins for every call inside a span. Nobody exports it (its instrumentation
/// package exists as a beta only), so the spans below it would hang below a span that never arrives.
/// </summary>
/// <param name="inner">Makes the call.</param>
internal sealed class WithoutLibraryActivity(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string LibraryActivity = "Grpc.Net.Client.GrpcOut";

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What an asynchronous method makes current ends with it.
        if (Activity.Current is { OperationName: LibraryActivity } activity)
        {
            Activity.Current = activity.Parent;
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
