using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using NBomber.Contracts;
using NBomber.CSharp;

namespace ShopLoad;

/// <summary>The request that the scenario sends: the one that PerfLab writes into the custom settings, or Shop's order.</summary>
internal sealed record ScenarioRequest
{
    private const string DefaultAddress = "http://127.0.0.1:5000";
    private const string DefaultBody = """{"userTier":"premium","paymentMethod":"card","items":[{"sku":"SKU-0101","quantity":2},{"sku":"SKU-0107","quantity":1}]}""";

    /// <summary>Gets where it goes.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets its method.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>Gets its headers.</summary>
    public required IReadOnlyList<KeyValuePair<string, string?>> Headers { get; init; }

    /// <summary>Gets its body; null sends none.</summary>
    public required byte[]? Body { get; init; }

    /// <summary>Makes a client that sends what it is told and nothing else: no proxy, cookie or trace context of its own, no redirect.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Reads <c>Url</c>, <c>Method</c>, <c>Path</c>, <c>Headers</c> and <c>Body</c>; without a path it is Shop's order.</summary>
    /// <param name="settings">The custom settings of the scenario.</param>
    public static ScenarioRequest From(IConfiguration settings)
    {
        var address = settings["Url"] ?? DefaultAddress;
        return settings["Path"] is { } path
            ? new ScenarioRequest
            {
                Address = new Uri(address + path),
                Method = new HttpMethod(settings["Method"] ?? HttpMethod.Get.Method),
                Headers = [.. settings.GetSection("Headers").GetChildren().Select(header => KeyValuePair.Create(header.Key, header.Value))],
                Body = settings["Body"] is { } body ? Encoding.UTF8.GetBytes(body) : null,
            }
            : new ScenarioRequest
            {
                Address = new Uri(address + "/orders"),
                Method = HttpMethod.Post,
                Headers = [KeyValuePair.Create("Content-Type", (string?)"application/json")],
                Body = Encoding.UTF8.GetBytes(DefaultBody),
            };
    }

    /// <summary>Sends it once. What is thrown NBomber counts as failed, with the status -100 or -101.</summary>
    /// <param name="client">The client of all requests.</param>
    public async Task<IResponse> SendAsync(HttpClient client)
    {
        using var message = new HttpRequestMessage(Method, Address) { Content = Body is null ? null : new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            // Those of the content belong to it.
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        using var response = await client.SendAsync(message);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var length = response.Content.Headers.ContentLength ?? 0;
        return response.IsSuccessStatusCode ? Response.Ok(statusCode: status, sizeBytes: length) : Response.Fail(statusCode: status, sizeBytes: length);
    }
}
