using System.Security.Cryptography;
using System.Text;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the report as one HTML file that needs nothing else: no network and no other file. Its one script sorts a table, and everything is readable without it.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the file's text.</summary>
    public static string Write(ReportContent content, IReadOnlyList<IChart> charts) =>
        HtmlPage.Write($"{content.Scenario}: {content.Headline} · PerfLab", content.TrustLabel.Key, head: Markup.Empty, Markup.Of($"""
            <main>
            {HtmlOpening.Write(content)}
            {HtmlCharts.WriteFront(charts)}
            {HtmlSections.Write(content.Extra)}
            {HtmlAnswers.Write(content)}
            {HtmlTables.Write(content)}
            {HtmlCharts.Write(charts)}
            {HtmlSections.Write(content.Traces)}
            {HtmlFindings.Write(content)}
            {HtmlMethod.Write(content)}
            {HtmlDetails.Write(content)}
            </main>
            {HtmlMethod.WriteFooter(content)}
            """), HtmlOverview.Script);
}

/// <summary>Writes a page that needs nothing from the network: its style sheet and its script, if it has one, are inside, and no other is let in.</summary>
internal static class HtmlPage
{
    /// <summary>Writes the page's text.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="key">The class of its body; empty for none.</param>
    /// <param name="head">What else belongs into its head.</param>
    /// <param name="body">Its body.</param>
    /// <param name="script">Its script; null for none.</param>
    public static string Write(string title, string key, Markup head, Markup body, string? script = null)
    {
        var style = HtmlStyle.Sheet();
        var allowed = script is null ? string.Empty : $" script-src 'sha256-{Hash(script)}';";
        var page = Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{new Markup(Hash(style))}';{new Markup(allowed)} font-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{title}</title>{head}
            <style>{new Markup(style)}</style>
            </head>
            <body class="{key}">
            {body}
            {Markup.When(script, text => Markup.Of($"<script>{new Markup(text)}</script>"))}
            </body>
            </html>

            """);
        return page.Text.ReplaceLineEndings("\n");
    }

    // The policy lets in this very style sheet and script and no other.
    private static string Hash(string style) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
}

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
