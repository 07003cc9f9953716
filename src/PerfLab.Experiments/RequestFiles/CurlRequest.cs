using System.Text.RegularExpressions;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>A request as the options of one command of curl make it.</summary>
internal sealed partial class CurlRequest
{
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, string> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private string? _address;
    private string? _body;
    private string? _bodyType;

    /// <summary>Gets or sets the method; null for the one that the other options call for.</summary>
    public string? Method { get; set; }

    /// <summary>Gets or sets whether only the headers are asked for.</summary>
    public bool IsHead { get; set; }

    /// <summary>Gets or sets whether the data become the query.</summary>
    public bool IsDataInQuery { get; set; }

    /// <summary>Gets or sets whether brackets and braces of the address stand for themselves, also without a backslash.</summary>
    public bool IsAddressLiteral { get; set; }

    /// <exception cref="FormatException">There is one already.</exception>
    public void AddAddress(string address) => _address = _address is null
        ? address
        : throw new FormatException($"two addresses: {SecretText.Hide(null, _address)} and {SecretText.Hide(null, address)}. Write a command of its own for each, and quote what has blanks.");

    /// <summary>Adds a header as <c>-H</c> has it: <c>Name: value</c>, <c>Name;</c> for an empty one, <c>Name:</c> to leave out what curl itself would send.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public void AddHeader(string text)
    {
        if (text.StartsWith('@'))
        {
            throw new FormatException($"-H {text} reads a file. Write the headers themselves.");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text.TrimEnd(' ', ';') : text[..colon]).Trim();
        var value = colon < 0 ? string.Empty : text[(colon + 1)..].Trim();
        if (name.Length == 0 || (colon < 0 && !text.TrimEnd().EndsWith(';')))
        {
            throw new FormatException("-H has a value that is not a header. Write -H 'Name: value'.");
        }

        _removed.Add(name);
        if (value.Length > 0 || colon < 0)
        {
            _headers.Add(KeyValuePair.Create(name, value));
        }
    }

    /// <summary>Adds a header that is sent unless <c>-H</c> says something else of it.</summary>
    public void AddDefault(string name, string value) => _defaults[name] = value;

    /// <summary>Adds cookies to those that are there.</summary>
    /// <exception cref="FormatException">They are in a file.</exception>
    public void AddCookies(string text)
    {
        if (text.Length > 0 && !text.Contains('=', StringComparison.Ordinal))
        {
            throw new FormatException("-b has no NAME=VALUE and so reads a file. Write the cookies themselves.");
        }

        if (text.Length > 0)
        {
            _defaults["Cookie"] = _defaults.TryGetValue("Cookie", out var cookies) ? $"{cookies}; {text}" : text;
        }
    }

    /// <summary>Adds a piece of the body.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="type">Its media type; that of the first piece counts.</param>
    /// <param name="separator">What stands between it and the piece before.</param>
    public void AddData(string text, string type, string separator)
    {
        _body = _body is null ? text : $"{_body}{separator}{text}";
        _bodyType ??= type;
    }

    /// <exception cref="FormatException">There is no address, or it is none.</exception>
    public void AddTo(ImportedRequests requests)
    {
        var address = _address ?? throw new FormatException("there is no address.");
        address = IsAddressLiteral ? address : MarkOfBracket().Replace(address, string.Empty);
        var body = IsDataInQuery ? null : _body;
        if (IsDataInQuery && _body is not null)
        {
            var bare = address.Split('#')[0];
            address = $"{bare}{(bare.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{_body}";
        }

        if (body is not null)
        {
            _ = _defaults.TryAdd("Content-Type", _bodyType!);
        }

        var method = Method ?? (IsHead ? "HEAD" : body is null ? "GET" : "POST");
        requests.Add(method, address, _headers.Concat(_defaults.Where(header => !_removed.Contains(header.Key))), body);
    }

    [GeneratedRegex(@"\\(?=[\[\]{}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkOfBracket();
}
