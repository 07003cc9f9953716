using System.Globalization;
using System.Text;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load.Http;

/// <summary>Writes a request as HTTP/1.1 bytes, once, before the load.</summary>
internal static class RequestBytes
{
    /// <param name="baseAddress">The target.</param>
    /// <param name="request">One that <see cref="RequestRules"/> allow.</param>
    /// <param name="bodyRules">The check of the response, or null.</param>
    public static PreparedRequest Prepare(Uri baseAddress, RequestDefinition request, BodyRules? bodyRules)
    {
        var body = request.Body is null ? [] : Encoding.UTF8.GetBytes(request.Body);
        var head = new StringBuilder()
            .Append(request.Method).Append(' ').Append(TargetOf(baseAddress, request)).Append(" HTTP/1.1\r\n");
        if (!request.Headers.Keys.Contains("Host", StringComparer.OrdinalIgnoreCase))
        {
            head.Append("Host: ").Append(baseAddress.IsDefaultPort ? baseAddress.IdnHost : baseAddress.Authority).Append("\r\n");
        }

        foreach (var (name, value) in request.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        // RFC 9110, section 8.6: methods that expect content say so even when there is none.
        if (request.Body is not null || request.Method is "POST" or "PUT" or "PATCH")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        var bytes = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        return new PreparedRequest([.. bytes, .. body], request.Method == "HEAD", request.ExpectedStatus, bodyRules);
    }

    /// <summary>Gets the path to ask for: that of the base address, without a final slash, before that of the request.</summary>
    public static string TargetOf(Uri baseAddress, RequestDefinition request) =>
        baseAddress.AbsolutePath.TrimEnd('/') + request.Path;
}
