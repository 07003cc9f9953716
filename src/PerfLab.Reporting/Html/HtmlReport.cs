using System.Security.Cryptography;
using System.Text;
using PerfLab.Reporting.Charts;
using PerfLab.Reporting.Content;

namespace PerfLab.Reporting.Html;

/// <summary>Writes the report as one HTML file that needs nothing else: no network, no script, no other file.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the file's text.</summary>
    public static string Write(ReportContent content, IReadOnlyList<IChart> charts)
    {
        var style = HtmlStyle.Sheet();
        var page = Markup.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Hash(style)}'; font-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{content.Scenario}: {content.Headline} · PerfLab</title>
            <style>{new Markup(style)}</style>
            </head>
            <body class="{content.TrustLabel.Key}">
            <main>
            {HtmlOpening.Write(content)}
            {HtmlThresholds.Write(content)}
            {HtmlExtras.Write(content.Extra)}
            {HtmlAnswers.Write(content)}
            {HtmlTables.Write(content)}
            {HtmlCharts.Write(charts)}
            {HtmlExtras.Write(content.Traces)}
            {HtmlFindings.Write(content)}
            {HtmlMethod.Write(content)}
            {HtmlDetails.Write(content)}
            </main>
            {HtmlMethod.WriteFooter(content)}
            </body>
            </html>

            """);
        return page.Text.ReplaceLineEndings("\n");
    }

    // The policy lets in this very style sheet and no other.
    private static string Hash(string style) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
}
