using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using PerfLab.Reporting.Wording;

namespace PerfLab.Reporting.Html;

/// <summary>HTML that is safe to put into a page: made of literals in this folder and of escaped text.</summary>
/// <param name="Text">The HTML.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>Gets nothing.</summary>
    public static Markup Empty { get; } = new(string.Empty);

    /// <summary>Makes markup of an interpolated string: its literals are HTML, its strings are escaped.</summary>
    public static Markup Of(MarkupInterpolation interpolation) => new(interpolation.ToText());

    /// <summary>Puts one after the other, a line each.</summary>
    public static Markup Lines(IEnumerable<Markup> parts) => new(string.Join("\n", parts.Select(part => part.Text).Where(text => text.Length > 0)));

    /// <summary>Gives the markup when there is a value, and nothing when it is null.</summary>
    public static Markup When<T>(T? value, Func<T, Markup> make)
        where T : class => value is null ? Empty : make(value);

    public override string ToString() => Text;
}

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
