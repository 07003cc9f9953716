using System.Text;

namespace PerfLab.Experiments.Scenarios;

/// <summary>The folders of a build, which its words name by placeholders.</summary>
/// <param name="Checkout">The folder in which it runs, the checkout of a commit: <c>{checkout}</c>.</param>
/// <param name="Output">An empty folder for what the build makes: <c>{build}</c>.</param>
public sealed record BuildFolders(string Checkout, string Output);

/// <summary>Fills in <c>{build}</c> and <c>{checkout}</c>.</summary>
public static class BuildPlaceholders
{
    private const string BuildPlaceholder = "{build}";
    private const string CheckoutPlaceholder = "{checkout}";

    /// <summary>Expands a word of a program that a scenario starts: its other placeholders stay, and braces of the folders are escaped.</summary>
    public static string ExpandForScenario(string text, BuildFolders folders) =>
        Replace(text, Escape(folders.Output), Escape(folders.Checkout), keepsEscapes: true);

    /// <summary>Expands a word of the build command; <c>{{</c> and <c>}}</c> become braces.</summary>
    public static string Expand(string text, BuildFolders folders) => Replace(text, folders.Output, folders.Checkout, keepsEscapes: false);

    /// <summary>Takes both placeholders out, so that what is left can be checked as a text of a scenario.</summary>
    internal static string Without(string text) => Replace(text, string.Empty, string.Empty, keepsEscapes: true);

    private static string Replace(string text, string output, string checkout, bool keepsEscapes)
    {
        var expanded = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var rest = text.AsSpan(index);
            var (length, piece) = rest switch
            {
                _ when rest.StartsWith("{{") => (2, keepsEscapes ? "{{" : "{"),
                _ when rest.StartsWith("}}") => (2, keepsEscapes ? "}}" : "}"),
                _ when rest.StartsWith(BuildPlaceholder) => (BuildPlaceholder.Length, output),
                _ when rest.StartsWith(CheckoutPlaceholder) => (CheckoutPlaceholder.Length, checkout),
                _ => (1, text[index].ToString()),
            };
            expanded.Append(piece);
            index += length;
        }

        return expanded.ToString();
    }

    private static string Escape(string folder) =>
        folder.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
