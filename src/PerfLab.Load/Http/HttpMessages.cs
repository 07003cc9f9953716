using System.Net;
using System.Net.Http;
using System.Text;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load.Http;

/// <summary>Makes HttpClient's messages; the same on the wire as <see cref="RequestBytes"/> but for the order of headers.</summary>
/// <param name="baseAddress">The target.</param>
/// <param name="request">What is asked for.</param>
/// <param name="version">The version of HTTP, exactly.</param>
/// <param name="bodyRules">The check of the response, or null.</param>
internal sealed class HttpMessages(Uri baseAddress, RequestDefinition request, Version version, BodyRules? bodyRules)
{
    private readonly Uri _address = new(new Uri(baseAddress.GetLeftPart(UriPartial.Authority)), RequestBytes.TargetOf(baseAddress, request));
    private readonly HttpMethod _method = new(request.Method);
    private readonly byte[]? _body = request.Body is null
        ? (request.Method is "POST" or "PUT" or "PATCH" ? [] : null)
        : Encoding.UTF8.GetBytes(request.Body);

    public int ExpectedStatus => request.ExpectedStatus;

    public BodyRules? BodyRules => bodyRules;

    public HttpRequestMessage Create()
    {
        var message = new HttpRequestMessage(_method, _address)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (_body is not null)
        {
            message.Content = new ByteArrayContent(_body);
        }

        foreach (var (name, value) in request.Headers)
        {
            // Headers such as Content-Type belong to the content; without one HttpClient cannot send them.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
