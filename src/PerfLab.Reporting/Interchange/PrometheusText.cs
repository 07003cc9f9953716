using System.Globalization;
using System.Text;

namespace PerfLab.Reporting.Interchange;

/// <summary>The figures of a run in the text format of Prometheus (version 0.0.4), without times: who scrapes or receives it adds its own.</summary>
public static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes the text.</summary>
    public static string Write(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var text = new StringBuilder();
        foreach (var family in GaugeFamily.Of(figures))
        {
            var name = FigureText.WithUnit(family.Name.Replace('.', '_'), family.Unit);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(family.Description)}\n# TYPE {name} gauge\n");
            foreach (var point in family.Points)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{{string.Join(',', point.Attributes.Select(attribute => $"{attribute.Key}=\"{Escape(attribute.Value).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}} {FigureText.Of(point.Value)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Gets the path at which a Pushgateway keeps the newest run of a scenario: a PUT there replaces what it kept.</summary>
    public static string PushgatewayPath(RunFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return "/metrics/job/perflab/scenario" + (figures.Scenario is { Length: > 0 } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? "/" + name
            : "@base64/" + Convert.ToBase64String(Encoding.UTF8.GetBytes(figures.Scenario)).TrimEnd('=').Replace('+', '-').Replace('/', '_').PadRight(1, '='));
    }

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
