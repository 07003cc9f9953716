using System.Text;
using PerfLab.Experiments.Scenarios;
using PerfLab.Load.Feeds;

namespace PerfLab.Load.Workloads;

/// <summary>
/// A request whose path, header values and body may have placeholders. Values are escaped for where they stand
/// (<see cref="ValuePlace"/>).
/// </summary>
internal sealed class RequestTemplate
{
    private readonly KeyValuePair<string, WireTemplate>[] _headers;

    /// <param name="request">With placeholders.</param>
    /// <param name="body">A body that replaces the text of the request; null for that text.</param>
    /// <param name="rows">What fills them, or null when double braces mean nothing.</param>
    /// <exception cref="FormatException">A placeholder is wrong.</exception>
    public RequestTemplate(RequestDefinition request, RequestBody? body, FeedRows? rows)
    {
        Request = request;
        var compiler = new TemplateCompiler(rows, request.Name);
        Path = compiler.Compile(request.Path, ValuePlace.Address, PlaceholderRule.Strict, "path");
        _headers =
        [
            .. request.Headers.Select(header => KeyValuePair.Create(
                header.Key,
                compiler.Compile(header.Value, ValuePlace.Header, PlaceholderRule.Strict, $"header {header.Key}"))),
        ];
        body ??= request.Body is { } text ? new RequestBody(Encoding.UTF8.GetBytes(text), PlaceholderRule.Strict) : null;
        if (body is not null)
        {
            var wire = Encoding.Latin1.GetString(body.Bytes.Span);
            Body = compiler.Compile(wire, ValueEscaping.PlaceIn(ContentType, wire), body.Placeholders, "body");
        }

        WireTemplate[] all = [Path, .. _headers.Select(header => header.Value), .. Body is null ? [] : new[] { Body }];
        IsGenerated = all.Any(template => template.IsGenerated);
        VariantCount = IsGenerated ? 1 : all.Max(template => template.RowCount);
        RowCount = all.Max(template => template.RowCount);
        (Feeds, Fields) = (compiler.Feeds, compiler.Fields);
    }

    /// <summary>Gets the request without values.</summary>
    public RequestDefinition Request { get; }

    public WireTemplate Path { get; }

    public IReadOnlyList<KeyValuePair<string, WireTemplate>> Headers => _headers;

    public WireTemplate? Body { get; }

    /// <summary>Gets whether every use makes a request of its own; otherwise there are <see cref="VariantCount"/> of them.</summary>
    public bool IsGenerated { get; }

    /// <summary>Gets how many different requests there are: the rows of the longest feed used, 1 without placeholders or with generated fields.</summary>
    public int VariantCount { get; }

    /// <summary>Gets the rows of the longest feed with rows that is used.</summary>
    public int RowCount { get; }

    /// <summary>Gets the feeds with rows that are used, by their index.</summary>
    public IReadOnlySet<int> Feeds { get; }

    /// <summary>Gets the fields that fill its placeholders.</summary>
    public IReadOnlySet<FieldReference> Fields { get; }

    private string? ContentType => Request.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Gets the n-th request.</summary>
    public FilledRequest Fill(long use) => new(
        Request with
        {
            Path = Path.ToText(use),
            Headers = _headers.ToDictionary(header => header.Key, header => header.Value.ToText(use), StringComparer.Ordinal),
        },
        Body?.ToBytes(use));
}

/// <summary>A body in bytes.</summary>
/// <param name="Bytes">The bytes, which are sent as they are but for placeholders.</param>
/// <param name="Placeholders">What double braces in it mean.</param>
public sealed record RequestBody(ReadOnlyMemory<byte> Bytes, PlaceholderRule Placeholders);

/// <summary>A request whose placeholders are filled.</summary>
/// <param name="Definition">The request; its body is <paramref name="Body"/>.</param>
/// <param name="Body">The bytes of the body; null for none.</param>
internal sealed record FilledRequest(RequestDefinition Definition, byte[]? Body);

/// <summary>Turns texts with placeholders into pieces that can be written.</summary>
/// <param name="rows">What fills placeholders, or null when double braces mean nothing.</param>
/// <param name="request">Name of the request, for messages.</param>
internal sealed class TemplateCompiler(FeedRows? rows, string request)
{
    private readonly HashSet<int> _feeds = [];
    private readonly HashSet<FieldReference> _fields = [];

    /// <summary>Gets the feeds with rows that the compiled texts use, by their index.</summary>
    public IReadOnlySet<int> Feeds => _feeds;

    /// <summary>Gets the fields that the compiled texts use.</summary>
    public IReadOnlySet<FieldReference> Fields => _fields;

    /// <summary>Compiles one text.</summary>
    /// <param name="text">A character for each byte that is sent.</param>
    /// <param name="place">What the text is.</param>
    /// <param name="rule">What braces mean.</param>
    /// <param name="part">Which part of the request it is, for messages.</param>
    /// <exception cref="FormatException">A placeholder is wrong; the message names it, the part and the request.</exception>
    public WireTemplate Compile(string text, ValuePlace place, PlaceholderRule rule, string part)
    {
        if (rows is null)
        {
            return new WireTemplate([Literal(text, part)]);
        }

        IReadOnlyList<TextPiece> texts;
        try
        {
            texts = PlaceholderSyntax.Split(text, rule, name => rows.Names(NameOf(name)));
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{fault.Message} ({part} of request '{request}'). Write {{{{field}}}}, or {{{{{{{{ for braces that are sent.", fault);
        }

        var pieces = new List<WirePiece>();
        var at = place;
        foreach (var (literal, placeholder) in texts)
        {
            if (placeholder is null)
            {
                pieces.Add(Literal(literal!, part));
                at = ValueEscaping.PlaceAfter(place, literal!, at);
            }
            else
            {
                pieces.Add(Value(NameOf(placeholder), at, part));
            }
        }

        return new WireTemplate(pieces);
    }

    // Field names beyond ASCII were cut out of UTF-8 bytes in a body and are characters elsewhere.
    private static string NameOf(string placeholder)
    {
        var bytes = Encoding.Latin1.GetBytes(placeholder);
        return placeholder.All(c => c < 256) && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : placeholder;
    }

    private WirePiece.Literal Literal(string text, string part) => text.All(c => c < 256)
        ? new(Encoding.Latin1.GetBytes(text))
        : throw new FormatException(part == "path"
            ? $"'{text}' holds a letter that cannot be sent as it is (path of request '{request}'). Escape it as %XX."
            : $"The value holds a letter that cannot be sent as it is ({part} of request '{request}'). Encode it.");

    private WirePiece Value(string placeholder, ValuePlace place, string part)
    {
        var (field, form) = rows!.Find(placeholder, $"{part} of request '{request}'");
        _ = _fields.Add(field);
        if (rows.GeneratedField(field) is not { } generated)
        {
            _ = _feeds.Add(field.Feed);
            return new WirePiece.Rows([.. Enumerable.Range(0, rows.RowCount(field.Feed)).Select(use => Escape(rows.ValueAt(field, use), $"row {rows.RowNumberAt(field.Feed, use)}"))]);
        }

        if (generated.Generator is FieldGenerator.Choice choice)
        {
            return new WirePiece.Chosen(generated, [.. choice.Values.Select(value => Escape(value, "a choice"))]);
        }

        if (form == ValueForm.Base64)
        {
            throw new FormatException($"'{{{{{placeholder}}}}}' asks for the bytes of a generated field, which holds no base64 ({part} of request '{request}'). Leave :base64 out, or take a --feed or a choice of base64 texts.");
        }

        // Digits, letters and hyphens need no escape; whether they can stand there at all is tried with the first values.
        foreach (var value in Enumerable.Range(0, 16).Select(row => generated.ValueAt(row)))
        {
            Escape(value, "a generated value");
        }

        return new WirePiece.Generated(generated);

        byte[] Escape(string value, string where)
        {
            try
            {
                return ValueEscaping.Escape(value, form, place);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"{where} of placeholder '{{{{{placeholder}}}}}' {fault.Message} ({part} of request '{request}').", fault);
            }
        }
    }
}
