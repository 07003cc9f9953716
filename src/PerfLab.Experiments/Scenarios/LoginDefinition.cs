namespace PerfLab.Experiments.Scenarios;

/// <summary>
/// A request that an arm gets once, when it is ready and before any other: the token or cookie of its answer takes the place of
/// <c>{{token}}</c> in the requests to that arm.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Member">The member of the answer, in JSON, that is the token; those of nested objects with dots. Null where it is a cookie.</param>
/// <param name="Cookie">The name of the cookie whose value is the token; null where it is a member.</param>
public sealed record LoginDefinition(RequestDefinition Request, string? Member, string? Cookie)
{
    /// <summary>Stands for the token in a path, a header or a body.</summary>
    public const string Placeholder = "{{token}}";

    /// <summary>Says whether a request holds the placeholder.</summary>
    /// <param name="request">The request.</param>
    public static bool IsIn(RequestDefinition request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.Values.Append(request.Path).Append(request.Body ?? string.Empty).Any(text => text.Contains(Placeholder, StringComparison.Ordinal));
    }

    /// <summary>Puts a token in the place of the placeholder: percent-encoded in a path, as it is in a header or a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The token.</param>
    public static RequestDefinition Fill(RequestDefinition request, string token) => !IsIn(request) ? request : request with
    {
        Path = request.Path.Replace(Placeholder, Uri.EscapeDataString(token), StringComparison.Ordinal),
        Headers = new OrderedDictionary<string, string>(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.Replace(Placeholder, token, StringComparison.Ordinal))), StringComparer.OrdinalIgnoreCase),
        Body = request.Body?.Replace(Placeholder, token, StringComparison.Ordinal),
    };
}
