using System.Net.Http;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Http;
using PerfLab.Load.Workloads;

namespace PerfLab.Load.Drivers;

/// <summary>Makes HttpClient's messages; the same on the wire as <see cref="RequestLayout"/> but for the order of headers.</summary>
/// <param name="baseAddress">The target.</param>
/// <param name="entry">The request.</param>
/// <param name="version">The version of HTTP, exactly.</param>
/// <param name="bodyRules">The check of the response, or null.</param>
internal sealed class HttpRequestMessageFactory(Uri baseAddress, MixEntry entry, Version version, BodyCheck? bodyRules)
{
    // The path is sent as it was written: HttpClient would otherwise resolve dot segments and decode %7E and its like.
    private static readonly UriCreationOptions s_asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _prefix = baseAddress.GetLeftPart(UriPartial.Authority) + baseAddress.AbsolutePath.TrimEnd('/');
    private readonly HttpMethod _method = new(entry.Template.Request.Method);
    private readonly FilledRequest? _request = entry.Template.IsGenerated ? null : entry.Template.Fill(entry.Variant);

    public StatusExpectation ExpectedStatus => entry.Template.Request.ExpectedStatus;

    public BodyCheck? BodyCheck => bodyRules;

    /// <summary>Gets whether every use is a request of its own.</summary>
    public bool IsGenerated => _request is null;

    /// <summary>Makes the message of a request that is always the same.</summary>
    public HttpRequestMessage Create() => Create(_request!);

    /// <summary>Makes the message of the n-th request with generated fields.</summary>
    public HttpRequestMessage Create(long use) => Create(entry.Template.Fill(use));

    private HttpRequestMessage Create(FilledRequest request)
    {
        var message = new HttpRequestMessage(_method, new Uri(_prefix + request.Definition.Path, s_asWritten))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        // RFC 9110, section 8.6: methods that expect content say so even when there is none.
        if (request.Body is not null || request.Definition.Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ByteArrayContent(request.Body ?? []);
        }

        foreach (var (name, value) in request.Definition.Headers)
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
