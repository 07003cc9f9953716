using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Scenarios;

/// <summary>The placeholders of commands and environment values; <see cref="TargetProcess"/> lists them.</summary>
public static partial class Placeholders
{
    /// <summary>Replaces every placeholder.</summary>
    /// <exception cref="FormatException">The text has a placeholder that does not exist; the message names it.</exception>
    public static string Expand(string text, PlaceholderValues values) =>
        Pattern().Replace(text, match => match.Value switch
        {
            "{{" => "{",
            "}}" => "}",
            _ => ValueOf(match.Groups["name"].Value, match.Groups["process"].Value, values)
                ?? throw new FormatException($"'{match.Value}' is not a placeholder. {Known}"),
        });

    /// <summary>Finds what is wrong with the placeholders of a text: one message each.</summary>
    /// <param name="text">The text.</param>
    /// <param name="processes">Names of the target's processes.</param>
    public static IEnumerable<string> FaultsOf(string text, IReadOnlyCollection<string> processes)
    {
        foreach (Match match in Pattern().Matches(text))
        {
            var name = match.Groups["name"].Value;
            var process = match.Groups["process"].Value;
            if (match.Value is "{{" or "}}")
            {
                continue;
            }

            if (name is not ("port" or "url" or "root" or "targets" or "scratch") || (process.Length > 0 && name is not ("port" or "url")))
            {
                yield return $"'{match.Value}' is not a placeholder. {Known}";
            }
            else if (process.Length > 0 && !processes.Contains(process))
            {
                yield return $"'{match.Value}' names no process of this target. Use one of: {string.Join(", ", processes)}.";
            }
        }
    }

    private const string Known =
        "Use {port}, {url}, {port:NAME}, {url:NAME}, {root}, {targets} or {scratch}; write {{ and }} for braces.";

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[A-Za-z_]+)(:(?<process>[^{}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    private static string? ValueOf(string name, string process, PlaceholderValues values)
    {
        var port = values.Ports.TryGetValue(process.Length == 0 ? values.Process : process, out var found) ? found : (int?)null;
        return name switch
        {
            "port" => port?.ToString(CultureInfo.InvariantCulture),
            "url" => port is null ? null : string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "root" => values.RootFolder,
            "targets" => values.TargetsFolder,
            "scratch" => values.ScratchFolder,
            _ => null,
        };
    }
}
