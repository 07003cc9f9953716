using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Shop.Settings;

namespace Shop.Downstream;

/// <summary>Calls one operation of one service: JSON there and back, and three ways to fail kept apart.</summary>
/// <typeparam name="TRequest">The body of the request.</typeparam>
/// <typeparam name="TReply">The body of a successful answer.</typeparam>
/// <param name="client">The HTTP client.</param>
/// <param name="service">The service, for messages.</param>
/// <param name="address">Finds the operation, once, on the first call.</param>
/// <param name="requestType">How to write the request.</param>
/// <param name="replyType">How to read the answer.</param>
internal sealed class DownstreamClient<TRequest, TReply>(
    HttpClient client,
    ShopService service,
    Func<Uri> address,
    JsonTypeInfo<TRequest> requestType,
    JsonTypeInfo<TReply> replyType)
    where TReply : class
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private Uri? _address;

    /// <summary>Posts a request.</summary>
    /// <param name="request">The body.</param>
    /// <param name="rejection">The status with which the service rejects a request that it understood.</param>
    /// <param name="cancellationToken">Ends the call when the customer is gone.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="RejectedException">The service said no.</exception>
    /// <exception cref="DownstreamException">The service could not be reached, failed, or was not understood.</exception>
    public async Task<TReply> PostAsync(TRequest request, HttpStatusCode rejection, CancellationToken cancellationToken)
    {
        try
        {
            // Serialized at once: a body of known length goes out in one piece instead of in chunks.
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType));
            content.Headers.ContentType = Json;
            using var response = await client.PostAsync(_address ??= address(), content, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await ReadAsync(response, replyType, cancellationToken);
            }

            if (response.StatusCode == rejection)
            {
                throw new RejectedException(rejection, await ReadAsync(response, DownstreamJson.Default.Rejection, cancellationToken));
            }

            throw new DownstreamException($"{service} at {_address} answered {(int)response.StatusCode}. Look into the log of that process.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new DownstreamException($"{service} at {_address} could not be used: {exception.Message} Check that it runs and listens there.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownstreamException($"{service} at {_address} did not answer within {client.Timeout.TotalSeconds:0} s. Check that it runs and is not overloaded.", exception);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("The answer is null.");
}

/// <summary>A service could not be reached, failed, or was not understood.</summary>
/// <param name="message">Which service, where, and what to look at.</param>
/// <param name="innerException">What the call failed with; null when it was answered.</param>
internal sealed class DownstreamException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>A service rejected the request: nothing failed, but the order cannot be fulfilled.</summary>
/// <param name="status">The status it answered with, which is the shop's answer too.</param>
/// <param name="rejection">The reason it gave.</param>
internal sealed class RejectedException(HttpStatusCode status, Rejection rejection) : Exception(rejection.Detail)
{
    /// <summary>Gets the status that the service answered with.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>Gets the reason.</summary>
    public Rejection Rejection { get; } = rejection;
}

/// <summary>Why a request was refused; the body of every answer that is not a success.</summary>
/// <param name="Error">A stable error code, for example <c>out_of_stock</c>.</param>
/// <param name="Detail">A sentence for people; it names no person.</param>
internal sealed record Rejection(string Error, string Detail);

/// <summary>Generated JSON code for what all services share on the wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(ServiceEndpoints))]
internal sealed partial class DownstreamJson : JsonSerializerContext;
