using System.Net;

namespace Shop.Downstream;

/// <summary>A service said no for a reason of business: nothing is broken, the order cannot be fulfilled.</summary>
/// <param name="status">The status it answered with, which is the shop's answer too.</param>
/// <param name="rejection">The reason it gave.</param>
internal sealed class RejectedException(HttpStatusCode status, Rejection rejection) : Exception(rejection.Detail)
{
    /// <summary>Gets the status that the service answered with.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>Gets the reason.</summary>
    public Rejection Rejection { get; } = rejection;
}
