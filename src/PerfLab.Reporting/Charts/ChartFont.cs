using PerfLab.Reporting.Wording;
using ScottPlot;
using SkiaSharp;

namespace PerfLab.Reporting.Charts;

/// <summary>
/// The font that is shipped inside the program. Charts use no other, so that they look the same, byte for byte, on a
/// machine with other fonts and on one without any.
/// </summary>
internal static class ChartFont
{
    /// <summary>The family's name.</summary>
    public const string Family = "PerfLab Sans";

    // Shown in place of a character that the font does not have.
    private const string MissingGlyph = "□";

    private static readonly SKTypeface Regular = Load("PerfLabSans-Regular.ttf");
    private static readonly SKTypeface Bold = Load("PerfLabSans-Bold.ttf");
    private static readonly string Registered = Register();

    /// <summary>Makes an empty plot of which all text is in this font.</summary>
    public static Plot NewPlot()
    {
        // Reading the field is what registers the font before the plot looks for one. Not Plot.Font.Set: in ScottPlot
        // 5.1.59 it makes every label of the process regular, the bold ones too.
        ScottPlot.Fonts.Default = Registered;
        return new Plot();
    }

    /// <summary>Measures the width of a line of text in pixels.</summary>
    public static float Measure(string text, float sizePixels, bool bold = false)
    {
        using var font = new SKFont(bold ? Bold : Regular, sizePixels) { Subpixel = true, LinearMetrics = true };
        return font.MeasureText(text);
    }

    /// <summary>Cleans a text and replaces what the font cannot show by an empty box.</summary>
    public static string Drawable(string text) => string.Concat(
        DisplayText.Clean(text).EnumerateRunes().Select(rune => Regular.ContainsGlyph(rune.Value) ? rune.ToString() : MissingGlyph));

    /// <summary>Cuts a text with an ellipsis so that it fits a width.</summary>
    public static string Fit(string text, float widthPixels, float sizePixels)
    {
        var drawable = Drawable(text);
        if (Measure(drawable, sizePixels) <= widthPixels)
        {
            return drawable;
        }

        var length = drawable.Length;
        while (length > 1 && Measure(string.Concat(drawable.AsSpan(0, length), "…"), sizePixels) > widthPixels)
        {
            length--;
        }

        return string.Concat(drawable.AsSpan(0, length), "…");
    }

    /// <summary>Breaks a text into lines that fit a width.</summary>
    public static IReadOnlyList<string> Wrap(string text, float widthPixels, float sizePixels, bool bold = false)
    {
        List<string> lines = [];
        foreach (var word in Drawable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var candidate = lines.Count == 0 ? word : lines[^1] + " " + word;
            if (lines.Count > 0 && Measure(candidate, sizePixels, bold) <= widthPixels)
            {
                lines[^1] = candidate;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    /// <summary>Reads a font file out of the program.</summary>
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    public static byte[] ReadFile(string name)
    {
        using var stream = typeof(ChartFont).Assembly.GetManifestResourceStream("PerfLab.Reporting.Fonts." + name)
            ?? throw new InvalidOperationException($"The font {name} is not inside {typeof(ChartFont).Assembly.GetName().Name}. Embed src/PerfLab.Reporting/Fonts/{name} as a resource.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static SKTypeface Load(string name)
    {
        using var file = SKData.CreateCopy(ReadFile(name));
        return SKTypeface.FromData(file)
            ?? throw new InvalidOperationException($"The font {name} cannot be read. Restore src/PerfLab.Reporting/Fonts/{name} from the repository.");
    }

    private static string Register()
    {
        ScottPlot.Fonts.FontResolvers.Insert(0, new Resolver());
        return Family;
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            string.Equals(fontName, Family, StringComparison.Ordinal) ? weight >= FontWeight.SemiBold ? Bold : Regular : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            CreateTypeface(fontName, bold ? FontWeight.Bold : FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);
    }
}
