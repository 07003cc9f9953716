using System.Text;

namespace PerfLab.Load.Feeds;

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
