using System.Net;
using PerfLab.Collector.Tests.Answering;

namespace PerfLab.Collector.Tests.Hostile;

/// <summary>A POST that stops in the middle of its body until it is told to go on.</summary>
internal sealed class StalledPost : IDisposable
{
    private readonly HttpClient client = new() { Timeout = Limits.Wait };
    private readonly StallingContent content;

    public StalledPost(Uri address, byte[] body)
    {
        content = new StallingContent(body, body.Length / 2, RawHttp.Protobuf);
        Answer = SendAsync(new Uri(address, "v1/traces"));
    }

    public Task<HttpStatusCode> Answer { get; }

    public Task Stalled => content.Stalled.WaitAsync(Limits.Wait);

    public void GoOn() => content.GoOn();

    public void Dispose()
    {
        content.Dispose();
        client.Dispose();
    }

    private async Task<HttpStatusCode> SendAsync(Uri address)
    {
        using var response = await client.PostAsync(address, content, Limits.Token);
        return response.StatusCode;
    }
}
