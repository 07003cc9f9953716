using System.Text;
using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads command lines of curl, as browsers and documentation give them: <c>curl https://host/orders -H 'Accept: */*' -d '{}'</c>.</summary>
public static class CurlFile
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";

    // With a value that does not change the request.
    private static readonly HashSet<string> s_ignoredWithValue = new(StringComparer.Ordinal)
    {
        "-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry", "-x", "--proxy", "--cacert", "--resolve", "-c", "--cookie-jar",
    };

    private static readonly HashSet<string> s_ignored = new(StringComparer.Ordinal)
    {
        "-s", "--silent", "-S", "--show-error", "-sS", "-i", "--include", "-v", "--verbose", "-k", "--insecure", "-L", "--location", "--compressed", "-f", "--fail",
        "--http1.1", "--http2", "-g", "--globoff", "-N", "--no-buffer",
    };

    /// <summary>Reads the file.</summary>
    /// <param name="text">One command after another; a backslash at the end of a line continues it, and # begins a comment line.</param>
    /// <exception cref="FormatException">A command cannot be read; the message has its beginning.</exception>
    public static IReadOnlyList<RequestDefinition> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var requests = new ImportedRequests();
        foreach (var command in Commands(text))
        {
            try
            {
                Add(ShellWords.Split(command), requests);
            }
            catch (FormatException error)
            {
                throw new FormatException($"{error.Message} In: {command[..Math.Min(60, command.Length)]}", error);
            }
        }

        return requests.All.Count > 0 ? requests.All : throw new FormatException("there is no line that begins with curl.");
    }

    private static IEnumerable<string> Commands(string text)
    {
        var joined = text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal);
        var command = new StringBuilder();
        foreach (var line in joined.Split('\n'))
        {
            var isNew = line.StartsWith("curl ", StringComparison.Ordinal);
            if (isNew && command.Length > 0)
            {
                yield return command.ToString().TrimEnd(';', ' ', '\n');
                command.Clear();
            }

            // A quoted body may have lines of its own.
            if (isNew || command.Length > 0)
            {
                command.Append(command.Length > 0 ? "\n" : string.Empty).Append(line);
            }
        }

        if (command.Length > 0)
        {
            yield return command.ToString().TrimEnd(';', ' ', '\n');
        }
    }

    private static void Add(IReadOnlyList<string> words, ImportedRequests requests)
    {
        var request = new CurlRequest();
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index];
            if (s_ignored.Contains(word))
            {
                continue;
            }

            if (word.Length == 0 || word[0] != '-')
            {
                request.Address = word;
                continue;
            }

            var value = index + 1 < words.Count ? words[++index] : throw new FormatException($"{word} has no value.");
            if (!s_ignoredWithValue.Contains(word))
            {
                Take(request, word, value);
            }
        }

        request.AddTo(requests);
    }

    private static void Take(CurlRequest request, string option, string value)
    {
        switch (option)
        {
            case "-X" or "--request":
                request.Method = value;
                break;
            case "--url":
                request.Address = value;
                break;
            case "-H" or "--header":
                request.AddHeader(value);
                break;
            case "-A" or "--user-agent":
                request.Headers["User-Agent"] = value;
                break;
            case "-b" or "--cookie":
                request.Headers["Cookie"] = value;
                break;
            case "-u" or "--user":
                request.Headers["Authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}";
                break;
            case "-d" or "--data" or "--data-raw" or "--data-binary" or "--data-ascii":
                request.AddData(option, value, FormType);
                break;
            case "--json":
                request.AddData(option, value, JsonType);
                request.Headers.TryAdd("Accept", JsonType);
                break;
            default:
                throw new FormatException($"{option} is an option of curl that is not read. Remove it, or use --request.");
        }
    }

    private sealed class CurlRequest
    {
        private string? _body;

        public string? Method { get; set; }

        public string? Address { get; set; }

        public OrderedDictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void AddHeader(string text)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                Headers[text[..colon].Trim()] = text[(colon + 1)..].Trim();
            }
        }

        public void AddData(string option, string text, string type)
        {
            if (text.StartsWith('@') && option != "--data-raw")
            {
                throw new FormatException($"{option} {text} reads a file. Write the body itself.");
            }

            _body = _body is null ? text : $"{_body}&{text}";
            Headers.TryAdd("Content-Type", type);
        }

        public void AddTo(ImportedRequests requests) =>
            requests.Add(Method ?? (_body is null ? "GET" : "POST"), Address ?? throw new FormatException("there is no address."), Headers, _body);
    }
}
