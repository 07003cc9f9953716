using System.Globalization;
using System.Text;

namespace PerfLab.Experiments.Generators;

/// <summary>The command of one run of a load tool, with its files.</summary>
public static class GeneratorCommand
{
    private const string OptionsPlaceholder = "options";
    private const string OutputPlaceholder = "output";
    private const string ConfigurationPlaceholder = "config";

    private static readonly string[] s_known = ["url", "request", "rate", "connection_rate", "duration", "connections", "threads", "root", OptionsPlaceholder, OutputPlaceholder];

    /// <summary>Gets the placeholders that a command of a tool may have.</summary>
    /// <param name="tool">The tool.</param>
    public static IReadOnlyList<string> PlaceholdersOf(GeneratorTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return [.. s_known, .. tool.Files.Keys];
    }

    /// <summary>Gets the words that are started, with placeholders: the contract's, or the user's with what makes the tool write its output.</summary>
    /// <param name="generator">The tool of a scenario.</param>
    public static IReadOnlyList<string> WordsOf(GeneratorDefinition generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var contract = generator.Contract;
        if (generator.Command is not { } command)
        {
            return contract.Command;
        }

        string[] needed = [OutputPlaceholder, .. contract.Files.Keys];
        return contract.OutputArguments.Count == 0 || command.Any(word => needed.Any(name => word.Contains($"{{{name}}}", StringComparison.Ordinal)))
            ? command
            : [.. command, .. contract.OutputArguments];
    }

    /// <summary>Fills the placeholders in.</summary>
    /// <param name="generator">The tool of a scenario.</param>
    /// <param name="words">The command with placeholders.</param>
    /// <param name="run">What they stand for.</param>
    public static IReadOnlyList<string> Expand(GeneratorDefinition generator, IReadOnlyList<string> words, GeneratorRun run)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(run);
        return [.. words.SelectMany(word => word == $"{{{OptionsPlaceholder}}}"
            ? generator.Contract.Options(run)
            : [Replace(word, name => ValueOf(generator.Contract, name, run))])];
    }

    /// <summary>Gets the path of the file that the tool writes, or of a file for what it prints.</summary>
    public static string OutputOf(GeneratorTool tool, GeneratorRun run)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(run);
        return Path.Combine(run.Folder, tool.OutputFile ?? "stdout.txt");
    }

    /// <summary>Gets the path of a file that the tool reads.</summary>
    public static string FileOf(GeneratorRun run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);

        // NBomber refuses a configuration that is called otherwise.
        return Path.Combine(run.Folder, name + (name == ConfigurationPlaceholder ? ".json" : ".txt"));
    }

    /// <summary>Names the placeholders of a word that a tool does not have; a lone brace is called like itself.</summary>
    internal static IReadOnlyList<string> UnknownIn(string word, GeneratorTool tool)
    {
        var unknown = new List<string>();
        var known = PlaceholdersOf(tool);
        Replace(word, name =>
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                unknown.Add(name);
            }

            return string.Empty;
        });
        return unknown;
    }

    private static string ValueOf(GeneratorTool tool, string name, GeneratorRun run) => name switch
    {
        "url" => run.Url,
        "request" => run.Url + run.Request.Path,
        "rate" => Text(Math.Max(1, Math.Round(run.RatePerSecond))),
        "connection_rate" => Text(Math.Max(1, Math.Round(run.RatePerSecond)) / run.Connections),
        "duration" => Text(run.Seconds),
        "connections" => Text(run.Connections),
        "threads" => Text(Math.Min(run.Threads, run.Connections)),
        "root" => run.Root,
        OutputPlaceholder => OutputOf(tool, run),
        _ => FileOf(run, name),
    };

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    // {{ and }} are braces, as everywhere in a scenario.
    private static string Replace(string word, Func<string, string> valueOf)
    {
        var text = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length;)
        {
            var rest = word.AsSpan(at);
            var end = rest[0] == '{' ? rest.IndexOf('}') : -1;
            var (length, piece) = rest switch
            {
                _ when rest.StartsWith("{{") || rest.StartsWith("}}") => (2, rest[..1].ToString()),
                ['{', ..] when end > 0 => (end + 1, valueOf(rest[1..end].ToString())),
                ['{' or '}', ..] => (1, valueOf(rest[..1].ToString())),
                _ => (1, rest[..1].ToString()),
            };
            text.Append(piece);
            at += length;
        }

        return text.ToString();
    }
}
