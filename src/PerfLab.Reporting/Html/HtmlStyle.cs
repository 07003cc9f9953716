using System.Text;
using PerfLab.Reporting.Charts;

namespace PerfLab.Reporting.Html;

/// <summary>Puts the style sheet together: the font, the written rules, and the dark twins of the charts' colours.</summary>
internal static class HtmlStyle
{
    /// <summary>Gets the sheet.</summary>
    public static string Sheet()
    {
        var sheet = new StringBuilder();
        sheet.Append(Face("PerfLabSans-Regular.woff2", "400 500")).Append(Face("PerfLabSans-Bold.woff2", "600 700"));
        sheet.Append(Rules());
        sheet.Append("@media screen and (prefers-color-scheme: dark) {\n");
        foreach (var color in ChartPalette.All)
        {
            sheet.Append(Twin("fill", color)).Append(Twin("stroke", color));
        }

        return sheet.Append("}\n").ToString();
    }

    private static string Face(string file, string weight) =>
        $"@font-face {{ font-family: \"{ChartFont.Family}\"; font-weight: {weight}; src: url(data:font/woff2;base64,{Convert.ToBase64String(ChartFont.ReadFile(file))}) format(\"woff2\"); }}\n";

    private static string Twin(string attribute, ChartColor color) =>
        $".chart [{attribute}=\"{color.Light}\"] {{ {attribute}: {color.Dark}; }}\n";

    private static string Rules()
    {
        using var stream = typeof(HtmlStyle).Assembly.GetManifestResourceStream("PerfLab.Reporting.Html.report.css")
            ?? throw new InvalidOperationException("The style sheet report.css is not inside PerfLab.Reporting. Embed src/PerfLab.Reporting/Html/report.css as a resource.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
