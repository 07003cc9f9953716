using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads <c>.http</c> files of Visual Studio, Rider and the REST Client of VS Code.</summary>
public static class HttpFile
{
    private static readonly string[] s_afterBody = ["> ", ">> ", ">>! ", "<> "];

    private static readonly HashSet<string> s_methods = new(StringComparer.OrdinalIgnoreCase) { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" };

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

        if (lines[index].StartsWith('<'))
        {
            throw new FormatException($"'{lines[index]}' runs a script before the request. Remove it, and write the values themselves.");
        }

        var words = Fill(lines[index++], variables).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hasMethod = s_methods.Contains(words[0]) || words[0].All(char.IsAsciiLetterUpper);
        var address = Address(hasMethod ? words.ElementAtOrDefault(1) ?? string.Empty : string.Join(' ', words));

        // A long address may go on in lines of its own.
        for (; index < lines.Count && IsContinuation(lines[index]); index++)
        {
            address += Address(Fill(lines[index], variables));
        }

        var headers = new List<KeyValuePair<string, string>>();
        for (; index < lines.Count && lines[index].Trim().Length > 0 && !IsAfterBody(lines[index]); index++)
        {
            if (!IsComment(lines[index]))
            {
                headers.Add(Header(lines[index], variables));
            }
        }

        var body = string.Join('\n', lines.Skip(index).TakeWhile(line => !IsAfterBody(line))).Trim('\n');
        if (body.Split('\n').FirstOrDefault(line => line.StartsWith("< ", StringComparison.Ordinal) || line.StartsWith("<@", StringComparison.Ordinal)) is { } file)
        {
            throw new FormatException($"'{file}' reads a file. Write the body itself.");
        }

        requests.Add(hasMethod ? words[0] : "GET", address, headers, body.Length == 0 ? null : Fill(body, variables), name: name);
    }

    // Behind an address its version of HTTP may stand.
    private static string Address(string text) => string.Join("%20", text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [.. var parts, var last] when last.StartsWith("HTTP/", StringComparison.Ordinal) => parts,
        var parts => parts,
    });

    private static bool IsContinuation(string line) => !IsComment(line) && (line.TrimStart() is ['?' or '&', ..] || (char.IsWhiteSpace(line.FirstOrDefault()) && line.TrimStart() is ['/', ..]));

    // Scripts, redirections of the answer and answers of before.
    private static bool IsAfterBody(string line) => s_afterBody.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal));

    private static bool IsComment(string line) => line.TrimStart() is ['#', ..] or ['/', '/', ..];

    private static KeyValuePair<string, string> Header(string line, Dictionary<string, string> variables) => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        ? KeyValuePair.Create(line[..colon].Trim(), Fill(line[(colon + 1)..].Trim(), variables))
        : throw new FormatException($"'{SecretText.Hide(null, line)}' is not a header. Write Name: value, and an empty line before the body.");

    private static string Fill(string text, Dictionary<string, string> variables) => Regex.Replace(
        text,
        @"\{\{\s*(?<name>[^{}]+?)\s*\}\}",
        match => variables.TryGetValue(match.Groups["name"].Value, out var value) ? value : throw new FormatException($"{match.Value} is not a variable of the file. Write its value."),
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        s_matchLimit);
}
