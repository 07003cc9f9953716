using System.IO.Compression;
using System.Net.Http.Headers;

namespace PerfLab.Collector.Tests.Answering;

/// <summary>Posts bodies as they are to an arm's HTTP port.</summary>
internal sealed class RawHttp(OtlpReceiver receiver, string arm) : IDisposable
{
    public const string Protobuf = "application/x-protobuf";

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limits.Wait };

    public async Task<RawAnswer> PostAsync(
        byte[] body, string? contentType = Protobuf, string? encoding = null, string path = "v1/traces", bool chunked = false)
    {
        using var content = chunked ? new StreamContent(new MemoryStream(body)) : (HttpContent)new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver.HttpEndpoint(arm), path)) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await SendAsync(request);
    }

    public async Task<RawAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, Limits.Token);
        return new RawAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync(Limits.Token),
            response.Headers.RetryAfter?.Delta,
            response.Content.Headers.Allow.SingleOrDefault());
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    public void Dispose() => client.Dispose();
}
