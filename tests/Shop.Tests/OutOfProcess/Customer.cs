using System.Net;
using System.Net.Http.Json;
using Shop.Tests.InMemory;

namespace Shop.Tests.OutOfProcess;

/// <summary>Buys from a shop in another process, and traces nothing itself.</summary>
internal static class Customer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Orders; the answer is the status.</summary>
    public static async Task<HttpStatusCode> OrderAsync(string url)
    {
        using var client = CreateClient();
        using var answer = await client.PostAsJsonAsync(new Uri(url + "/orders"), OrderBodies.Good());
        return answer.StatusCode;
    }

    /// <summary>Looks whether the shop is ready.</summary>
    public static async Task<HttpStatusCode> KnockAsync(string url)
    {
        using var client = CreateClient();
        using var answer = await client.GetAsync(new Uri(url + "/health"));
        return answer.StatusCode;
    }

    private static HttpClient CreateClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = Limit };
}
