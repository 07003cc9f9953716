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
