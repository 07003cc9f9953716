using System.Text.Encodings.Web;
using System.Text.Json;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Load.Feeds;

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
        _headers = [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, new TextTemplate(header.Value, rows, request.Name, AsItIs)))];
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

    private static string AsItIs(string value) => value;

    private static string EscapeJson(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static Func<string, string> EscapeFor(RequestDefinition request)
    {
        var type = request.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value ?? string.Empty;
        return type.Contains("json", StringComparison.OrdinalIgnoreCase) ? EscapeJson
            : type.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString
            : AsItIs;
    }
}
