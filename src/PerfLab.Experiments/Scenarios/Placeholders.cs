using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Scenarios;

/// <summary>Expands the placeholders of commands and environment values; <see cref="TargetProcess"/> lists them.</summary>
public static class Placeholders
{
    private const string EscapeAdvice = "Write {{ and }} for braces that are no placeholder.";
    private const string All = "{port}, {url}, {port:NAME}, {url:NAME}, {root}, {targets}, {scratch}";

    /// <summary>Tells whether a name in braces is a placeholder without a process.</summary>
    internal static bool IsKnown(string name) => name is "port" or "url" or "root" or "targets" or "scratch";

    /// <summary>Expands a text.</summary>
    /// <exception cref="FormatException">A placeholder is unknown or names an unknown process, or a brace stands alone.</exception>
    public static string Expand(string text, PlaceholderValues values)
    {
        var expanded = new StringBuilder();
        foreach (var piece in Split(text))
        {
            _ = piece.IsPlaceholder
                ? expanded.Append(ValueOf(piece.Text, values) ?? throw NotExpandable(text, piece.Text, values))
                : expanded.Append(piece.Text);
        }

        return expanded.ToString();
    }

    /// <summary>Doubles the braces of a text that are no placeholders, so that it stands for itself.</summary>
    /// <param name="text">A text that nobody wrote for a scenario, such as a command.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var piece in Split(text))
        {
            // A pair of braces comes as one that is no placeholder: each of the two is doubled.
            _ = (piece.IsPlaceholder, piece.Text) switch
            {
                (true, "{" or "}") => escaped.Append(piece.Text[0], 2),
                (false, "{" or "}") => escaped.Append(piece.Text[0], 4),
                (true, var name) when IsKnown(name) => escaped.Append('{').Append(name).Append('}'),
                (true, var name) => escaped.Append("{{").Append(name).Append("}}"),
                _ => escaped.Append(piece.Text),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Says what is wrong with the placeholders of a text, without expanding it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="processNames">The processes of the target.</param>
    internal static IEnumerable<(string Problem, string Advice)> FaultsOf(string text, IReadOnlySet<string> processNames)
    {
        foreach (var piece in Split(text).Where(piece => piece.IsPlaceholder))
        {
            var name = piece.Text;
            if (name is "{" or "}")
            {
                yield return ($"a {name} stands alone.", EscapeAdvice);
            }
            else if (ProcessOf(name) is not { } process)
            {
                if (!IsKnown(name))
                {
                    yield return ($"{{{name}}} is not a placeholder.", $"Use one of {All}. {EscapeAdvice}");
                }
            }
            else if (!processNames.Contains(process))
            {
                yield return ($"{{{name}}} names no process of the target.", $"The processes are {string.Join(", ", processNames)}.");
            }
        }
    }

    /// <summary>Names the placeholders of a text; lone braces are none.</summary>
    internal static IEnumerable<string> NamesOf(string text) => Split(text).Where(piece => piece.IsPlaceholder).Select(piece => piece.Text);

    private static string? ValueOf(string name, PlaceholderValues values) => name switch
    {
        "port" => PortOf(values.Process, values),
        "url" => UrlOf(values.Process, values),
        "root" => values.Root,
        "targets" => values.Targets,
        "scratch" => values.Scratch,
        _ when ProcessOf(name) is not { } process => null,
        _ when name.StartsWith("port:", StringComparison.Ordinal) => PortOf(ProcessOf(name)!, values),
        _ => UrlOf(ProcessOf(name)!, values),
    };

    private static string? ProcessOf(string name) =>
        name.StartsWith("port:", StringComparison.Ordinal) ? name["port:".Length..]
        : name.StartsWith("url:", StringComparison.Ordinal) ? name["url:".Length..]
        : null;

    private static string? PortOf(string process, PlaceholderValues values) =>
        values.Ports.TryGetValue(process, out var port) ? port.ToString(CultureInfo.InvariantCulture) : null;

    private static string? UrlOf(string process, PlaceholderValues values) =>
        PortOf(process, values) is { } port ? $"http://127.0.0.1:{port}" : null;

    private static FormatException NotExpandable(string text, string name, PlaceholderValues values) => name is "{" or "}"
        ? new FormatException($"a {name} stands alone in \"{text}\" of process {values.Process}. {EscapeAdvice}")
        : new FormatException($"{{{name}}} in \"{text}\" of process {values.Process} stands for nothing. Use one of {All}; the processes are {string.Join(", ", values.Ports.Keys)}.");

    // Pieces of a text; a brace that stands alone comes as a placeholder called like itself, which no other can be.
    private static List<(string Text, bool IsPlaceholder)> Split(string text)
    {
        var pieces = new List<(string Text, bool IsPlaceholder)>();
        var at = 0;
        while (at < text.Length)
        {
            var brace = text.IndexOfAny(['{', '}'], at);
            if (brace < 0)
            {
                brace = text.Length;
            }

            pieces.Add((text[at..brace], false));
            at = brace == text.Length ? brace : AddBrace(text, brace, pieces);
        }

        return pieces;
    }

    private static int AddBrace(string text, int at, List<(string Text, bool IsPlaceholder)> pieces)
    {
        if (at + 1 < text.Length && text[at + 1] == text[at])
        {
            pieces.Add((text[at].ToString(), false));
            return at + 2;
        }

        var end = text.IndexOfAny(['{', '}'], at + 1);
        if (text[at] == '{' && end > 0 && text[end] == '}')
        {
            pieces.Add((text[(at + 1)..end], true));
            return end + 1;
        }

        pieces.Add((text[at].ToString(), true));
        return at + 1;
    }
}

/// <summary>What the placeholders of one process stand for, in one launch of one arm.</summary>
public sealed record PlaceholderValues
{
    /// <summary>Gets the name of the process whose command or environment is expanded.</summary>
    public required string Process { get; init; }

    /// <summary>Gets the port of every process of the arm, by name; <see cref="Process"/> is among them.</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <summary>Gets the folder that holds <c>scenarios/</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Gets the folder with the built targets.</summary>
    public required string Targets { get; init; }

    /// <summary>Gets the empty folder of this process and launch.</summary>
    public required string Scratch { get; init; }
}
