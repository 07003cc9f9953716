using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;

namespace PerfLab.Load.Workloads;

/// <summary>
/// A request whose path, header values and body have placeholders. Values are escaped for where they stand: percent-encoded
/// in a path or a form, as JSON text in a JSON body, as they are elsewhere.
/// </summary>
internal sealed class RequestTemplate
{
    private readonly RequestDefinition _request;
    private readonly FeedRows? _rows;
    private readonly TextTemplate? _path;
    private readonly KeyValuePair<string, TextTemplate>[] _headers = [];
    private readonly TextTemplate? _body;

    /// <param name="request">With placeholders.</param>
    /// <param name="rows">What fills them, or null when double braces mean nothing.</param>
    /// <exception cref="FormatException">A placeholder is wrong.</exception>
    public RequestTemplate(RequestDefinition request, FeedRows? rows)
    {
        _request = request;
        _rows = rows;
        VariantCount = 1;
        if (rows is null)
        {
            return;
        }

        _path = new TextTemplate(request.Path, rows, request.Name, Uri.EscapeDataString);
        _headers = [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, new TextTemplate(header.Value, rows, request.Name, Unescaped)))];
        _body = request.Body is null ? null : new TextTemplate(request.Body, rows, request.Name, EscapeFor(request));
        VariantCount = _path.Feeds.Concat(_headers.SelectMany(header => header.Value.Feeds)).Concat(_body?.Feeds ?? [])
            .Select(rows.RowCount).DefaultIfEmpty(1).Max();
    }

    /// <summary>Gets how many different requests there are: the rows of the longest feed used, 1 without placeholders.</summary>
    public int VariantCount { get; }

    public RequestDefinition Fill(int variant) => _rows is null || _path is null
        ? _request
        : _request with
        {
            Path = _path.Fill(_rows, variant),
            Headers = _headers.ToDictionary(header => header.Key, header => header.Value.Fill(_rows, variant), StringComparer.Ordinal),
            Body = _body?.Fill(_rows, variant),
        };

    private static string Unescaped(string value) => value;

    private static string EscapeJson(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static Func<string, string> EscapeFor(RequestDefinition request)
    {
        var type = request.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value ?? string.Empty;
        return type.Contains("json", StringComparison.OrdinalIgnoreCase) ? EscapeJson
            : type.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString
            : Unescaped;
    }
}

/// <summary>A text with placeholders <c>{{field}}</c>.</summary>
internal sealed class TextTemplate
{
    private readonly List<(string Literal, FieldReference? Field)> _parts = [];
    private readonly Func<string, string> _escape;

    /// <exception cref="FormatException">A placeholder is not closed or names no field.</exception>
    public TextTemplate(string text, FeedRows rows, string request, Func<string, string> escape)
    {
        _escape = escape;
        var rest = text;
        for (var open = rest.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = rest.IndexOf("{{", StringComparison.Ordinal))
        {
            var close = rest.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new FormatException($"'{rest[open..]}' opens a placeholder that is never closed (request '{request}'). Write {{{{field}}}}.");
            }

            _parts.Add((rest[..open], rows.Find(rest[(open + 2)..close].Trim(), request)));
            rest = rest[(close + 2)..];
        }

        _parts.Add((rest, null));
    }

    public IEnumerable<int> Feeds => _parts.Where(part => part.Field is not null).Select(part => part.Field!.Value.Feed);

    /// <summary>Fills the placeholders for the n-th request.</summary>
    public string Fill(FeedRows rows, int use)
    {
        if (_parts.Count == 1)
        {
            return _parts[0].Literal;
        }

        var text = new StringBuilder();
        foreach (var (literal, field) in _parts)
        {
            text.Append(literal);
            if (field is { } reference)
            {
                text.Append(_escape(rows.ValueAt(reference, use)));
            }
        }

        return text.ToString();
    }
}
