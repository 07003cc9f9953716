using System.Collections;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Secrets;

/// <summary>
/// References to variables of the shell in which PerfLab was started: <c>${NAME}</c> stands for the value, <c>$${NAME}</c> for the
/// text <c>${NAME}</c>.
/// </summary>
public static partial class CallerReference
{
    /// <summary>Gets the variables of the shell in which PerfLab was started.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty, StringComparer.Ordinal);

    /// <summary>Gets the names to which a text refers.</summary>
    public static IReadOnlyList<string> NamesIn(string text) =>
        [.. Pattern().Matches(text).Where(IsReference).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Escapes what looks like a reference, so that the text stands for itself.</summary>
    internal static string Escape(string text) => Pattern().Replace(text, match => Placeholders.IsKnown(match.Groups["name"].Value) ? match.Value : "$" + match.Value);

    /// <summary>Takes the references out of a text, so that what is left can be judged.</summary>
    internal static string Without(string text) => Pattern().Replace(text, match => Placeholders.IsKnown(match.Groups["name"].Value) ? match.Value : string.Empty);

    /// <summary>Fills the references in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="valueOf">Gets the value of a variable; null where it is not set.</param>
    /// <param name="encode">How a value, and the text of an escaped reference, is written where it stands; null as it is.</param>
    /// <exception cref="InvalidDataException">A variable is not set.</exception>
    public static string Resolve(string text, Func<string, string?> valueOf, Func<string, string>? encode = null) => Pattern().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (Placeholders.IsKnown(name))
        {
            return match.Value;
        }

        var value = !IsReference(match)
            ? match.Value[1..]
            : valueOf(name) ?? throw new InvalidDataException($"${{{name}}}: the environment variable {name} is not set. Set it in the shell that starts PerfLab.");
        return encode is null ? value : encode(value);
    });

    // Placeholders of PerfLab's own, as in $${port} of a shell, are left to it.
    private static bool IsReference(Match match) => !match.Groups["escape"].Success && !Placeholders.IsKnown(match.Groups["name"].Value);

    [GeneratedRegex(@"\$(?<escape>\$)?\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Pattern();
}
