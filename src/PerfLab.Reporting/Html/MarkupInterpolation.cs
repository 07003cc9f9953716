using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using PerfLab.Reporting.Formatting;

namespace PerfLab.Reporting.Html;

/// <summary>Builds markup from an interpolated string and escapes every string in it, so that nobody can forget to.</summary>
[InterpolatedStringHandler]
internal sealed class MarkupInterpolation(int literalLength, int formattedCount)
{
    private const int GuessPerHole = 24;

    private readonly StringBuilder _html = new(literalLength + (formattedCount * GuessPerHole));

    public void AppendLiteral(string value) => _html.Append(value);

    public void AppendFormatted(Markup value) => _html.Append(value.Text);

    public void AppendFormatted(IEnumerable<Markup> values) => _html.Append(Markup.Lines(values).Text);

    public void AppendFormatted(int value) => _html.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(string? value)
    {
        foreach (var character in DisplayText.Clean(value ?? string.Empty))
        {
            _ = character switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&quot;"),
                '\'' => _html.Append("&#39;"),
                _ => _html.Append(character),
            };
        }
    }

    public string ToText() => _html.ToString();
}
