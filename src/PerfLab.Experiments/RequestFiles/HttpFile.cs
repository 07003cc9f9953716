using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads <c>.http</c> files of Visual Studio, Rider and the REST Client of VS Code.</summary>
public static class HttpFile
{
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    /// <summary>Reads the file: requests between lines of ###, variables as <c>@host = …</c> and <c>{{host}}</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">A request cannot be read, or names a variable that is not in the file.</exception>
    public static IReadOnlyList<RequestDefinition> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var requests = new ImportedRequests();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in Sections(text.ReplaceLineEndings("\n").Split('\n')))
        {
            AddSection(section, variables, requests);
        }

        return requests.All.Count > 0 ? requests.All : throw new FormatException("there is no request in it.");
    }

    private static IEnumerable<(string? Name, List<string> Lines)> Sections(string[] lines)
    {
        var section = (Name: (string?)null, Lines: new List<string>());
        foreach (var line in lines)
        {
            if (line.StartsWith("###", StringComparison.Ordinal))
            {
                yield return section;
                section = (line.TrimStart('#').Trim() is { Length: > 0 } name ? name : null, []);
                continue;
            }

            section.Lines.Add(line);
        }

        yield return section;
    }

    private static void AddSection((string? Name, List<string> Lines) section, Dictionary<string, string> variables, ImportedRequests requests)
    {
        var (name, lines) = section;
        var index = 0;
        for (; index < lines.Count && (IsComment(lines[index]) || lines[index].Trim().Length == 0 || lines[index].StartsWith('@')); index++)
        {
            var line = lines[index].TrimStart('#', '/', ' ');
            name = line.StartsWith("@name ", StringComparison.Ordinal) ? line[6..].Trim(' ', '=') : name;
            if (lines[index].StartsWith('@') && lines[index].IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                variables[lines[index][1..equals].Trim()] = Fill(lines[index][(equals + 1)..].Trim(), variables);
            }
        }

        if (index == lines.Count)
        {
            return;
        }

        var words = Fill(lines[index++], variables).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hasMethod = words[0].All(char.IsAsciiLetterUpper);
        var address = Address(words.Skip(hasMethod ? 1 : 0));

        // A long query may go on in lines of its own.
        for (; index < lines.Count && lines[index].TrimStart() is ['?' or '&', ..] query; index++)
        {
            address += Address(Fill(query, variables).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        var headers = new List<KeyValuePair<string, string>>();
        for (; index < lines.Count && lines[index].Trim().Length > 0; index++)
        {
            if (!IsComment(lines[index]) && lines[index].IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                headers.Add(KeyValuePair.Create(lines[index][..colon].Trim(), Fill(lines[index][(colon + 1)..].Trim(), variables)));
            }
        }

        // Scripts and redirections of the answer stand behind the body.
        var body = string.Join('\n', lines.Skip(index).TakeWhile(line => !line.StartsWith("> ", StringComparison.Ordinal) && !line.StartsWith(">> ", StringComparison.Ordinal))).Trim('\n');
        if (body.StartsWith("< ", StringComparison.Ordinal))
        {
            throw new FormatException($"'{body}' reads a file. Write the body itself.");
        }

        requests.Add(hasMethod ? words[0] : "GET", address, headers, body.Length == 0 ? null : Fill(body, variables), name: name);
    }

    // Behind an address its version of HTTP may stand.
    private static string Address(IEnumerable<string> words) => string.Concat(words.Where(word => !word.StartsWith("HTTP/", StringComparison.Ordinal)));

    private static bool IsComment(string line) => line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal);

    private static string Fill(string text, Dictionary<string, string> variables) => Regex.Replace(
        text,
        @"\{\{\s*(?<name>[^{}]+?)\s*\}\}",
        match => variables.TryGetValue(match.Groups["name"].Value, out var value) ? value : throw new FormatException($"{match.Value} is not a variable of the file. Write its value."),
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        s_matchLimit);
}
