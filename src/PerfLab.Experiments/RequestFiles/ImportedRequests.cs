using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Collects the requests of a file that some other tool wrote, as kinds of request with names and weights.</summary>
internal sealed class ImportedRequests
{
    private const int LongestName = 36;

    private static readonly StatusExpectation s_anySuccess = StatusExpectation.TryParse("2xx", out var success) ? success : 200;

    // The generator sets them itself, or they belong to the transport of the tool.
    private static readonly HashSet<string> s_left = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Connection", "Transfer-Encoding", "Accept-Encoding", "Keep-Alive", "Upgrade-Insecure-Requests",

        // They are answered with 304 where the sender has it already; the service will be asked as a new one.
        "If-None-Match", "If-Modified-Since",
    };

    // By them a service answers something else.
    private static readonly string[] s_telling = ["Authorization", "Cookie", "Accept", "Content-Type"];

    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    private readonly List<RequestDefinition> _requests = [];
    // They are parts of file names, where upper and lower case are the same.
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the requests in the order in which they came first.</summary>
    public IReadOnlyList<RequestDefinition> All => _requests;

    /// <summary>Adds a request; one that is there already gets a higher weight.</summary>
    /// <param name="method">In any case.</param>
    /// <param name="address">An address, or an absolute path with query; the host does not matter.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="body">Its body; null for none.</param>
    /// <param name="expected">The status that it had or those that it shall have; null for any success.</param>
    /// <param name="name">What the file calls it; null where it does not.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    public void Add(string method, string address, IEnumerable<KeyValuePair<string, string>> headers, string? body, StatusExpectation? expected = null, string? name = null)
    {
        var path = PathOf(address);
        var definition = new RequestDefinition
        {
            Name = string.Empty,
            Method = method.ToUpperInvariant(),
            Path = path,
            Headers = Kept(headers),
            Body = body,
            ExpectedStatus = expected ?? s_anySuccess,
            Weight = 1,
        };
        var known = _requests.FindIndex(request => AreSame(request, definition));
        if (known >= 0)
        {
            var first = _requests[known];
            _requests[known] = first with { Weight = first.Weight + 1, ExpectedStatus = first.ExpectedStatus.Equals(s_anySuccess) ? definition.ExpectedStatus : first.ExpectedStatus };
            return;
        }

        _requests.Add(definition with { Name = NewName(name ?? $"{string.Concat(method.Select(char.ToLowerInvariant))}-{path.Split('?')[0]}") });
    }

    private static bool AreSame(RequestDefinition one, RequestDefinition other) =>
        one.Method == other.Method && one.Path == other.Path && one.Body == other.Body
        && Agree(one.ExpectedStatus, other.ExpectedStatus)
        && s_telling.All(name => string.Equals(one.Headers.GetValueOrDefault(name), other.Headers.GetValueOrDefault(name), StringComparison.Ordinal));

    // Any success may be the one that the other had.
    private static bool Agree(StatusExpectation one, StatusExpectation other) =>
        one.Equals(other) || (one.Equals(s_anySuccess) && IsSuccess(other)) || (other.Equals(s_anySuccess) && IsSuccess(one));

    private static bool IsSuccess(StatusExpectation expected) => expected.Lowest < 300;

    private static string PathOf(string address)
    {
        if (address.StartsWith('/'))
        {
            return address;
        }

        var full = address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.PathAndQuery
            : throw new FormatException($"'{SecretText.Hide(null, address)}' is not an address. Write http://HOST:PORT/PATH.");
    }

    private static OrderedDictionary<string, string> Kept(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var kept = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers.Where(header => header.Key.Length > 0 && header.Key[0] != ':' && !s_left.Contains(header.Key)))
        {
            var separator = string.Equals(name, "Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";
            kept[name] = kept.TryGetValue(name, out var before) ? before + separator + value : value;
        }

        return kept;
    }

    private string NewName(string text)
    {
        var plain = Regex.Replace(text, "[^A-Za-z0-9._]+", "-", RegexOptions.CultureInvariant, s_matchLimit).Trim('-', '.', '_');
        plain = plain.Length > 0 && char.IsAsciiLetter(plain[0]) ? plain : $"request-{plain}".TrimEnd('-');
        plain = plain[..Math.Min(LongestName, plain.Length)].TrimEnd('-', '.');
        var name = plain;
        for (var number = 2; !_names.Add(name); number++)
        {
            name = $"{plain}-{number}";
        }

        return name;
    }
}
