using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Shop.Downstream;
using Shop.Tests.InMemory;

namespace Shop.Tests.OutOfProcess;

/// <summary>Buys from a shop in another process, and traces nothing itself.</summary>
internal static class Customer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Orders; the answer is the status.</summary>
    public static Task<HttpStatusCode> OrderAsync(string url) => OrderAsync(url, OrderBodies.Good());

    /// <summary>Orders something of the caller's choice.</summary>
    public static async Task<HttpStatusCode> OrderAsync(string url, object body)
    {
        using var client = CreateClient();
        using var answer = await client.PostAsJsonAsync(new Uri(url + "/orders"), body);
        return answer.StatusCode;
    }

    /// <summary>Looks whether the shop is ready.</summary>
    public static async Task<HttpStatusCode> KnockAsync(string url)
    {
        using var client = CreateClient();
        using var answer = await client.GetAsync(new Uri(url + "/health"));
        return answer.StatusCode;
    }

    /// <summary>Asks what the shop offers beside HTTP.</summary>
    public static async Task<ServiceEndpoints> GetServiceEndpointsAsync(string url)
    {
        using var client = CreateClient();
        return (await client.GetFromJsonAsync<ServiceEndpoints>(new Uri(url + "/whereabouts")))!;
    }

    /// <summary>Waits until so many notifications were written.</summary>
    public static async Task<NotificationTimesAnswer> NotifiedAsync(string url, long count)
    {
        using var client = CreateClient();
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var times = (await client.GetFromJsonAsync<NotificationTimesAnswer>(new Uri(url + "/notifications/times")))!;
            if (times.Count >= count)
            {
                return times;
            }

            Assert.True(waited.Elapsed < Limit, $"{times.Count} of {count} notifications were written.");
            await Task.Delay(10);
        }
    }

    private static HttpClient CreateClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = Limit };
}
