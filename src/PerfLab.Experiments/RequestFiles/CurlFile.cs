using System.Text;
using System.Text.RegularExpressions;
using PerfLab.Experiments.Scenarios;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Experiments.RequestFiles;

/// <summary>Reads command lines of curl, as browsers and documentation give them: <c>curl https://host/orders -H 'Accept: */*' -d '{}'</c>.</summary>
public static partial class CurlFile
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";
    private const string Url = "--url";

    // They do not change the request.
    private static readonly HashSet<string> s_ignored = new(StringComparer.Ordinal)
    {
        "-s", "--silent", "-S", "--show-error", "-i", "--include", "-v", "--verbose", "-k", "--insecure", "-L", "--location", "--location-trusted", "--compressed",
        "-f", "--fail", "--fail-with-body", "-0", "--http1.0", "--http1.1", "--http2", "--http2-prior-knowledge", "--http3", "-N", "--no-buffer",
        "-#", "--progress-bar", "--no-progress-meter", "-O", "--remote-name", "-4", "--ipv4", "-6", "--ipv6", "--",
    };

    private static readonly HashSet<string> s_ignoredWithValue = new(StringComparer.Ordinal)
    {
        "-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry", "-x", "--proxy", "-U", "--proxy-user", "--cacert", "--resolve", "-c", "--cookie-jar", "-D", "--dump-header",
    };

    private static readonly HashSet<string> s_withValue = new(StringComparer.Ordinal)
    {
        "-X", "--request", Url, "-H", "--header", "-A", "--user-agent", "-e", "--referer", "-b", "--cookie", "-u", "--user", "--oauth2-bearer",
        "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json",
    };

    /// <summary>Reads the file.</summary>
    /// <param name="text">One command after another; a backslash at the end of a line continues it, and # begins a comment.</param>
    /// <param name="valueOf">Gets the value of an environment variable, which a command names as <c>$NAME</c>; null where it is not set.</param>
    /// <exception cref="FormatException">A command cannot be read; the message has its beginning.</exception>
    public static IReadOnlyList<RequestDefinition> Read(string text, Func<string, string?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(valueOf);
        var requests = new ImportedRequests();
        foreach (var command in CurlCommands.In(text.ReplaceLineEndings("\n")))
        {
            try
            {
                var request = new CurlRequest();
                foreach (var (option, value) in Options(ShellWords.Split(command, valueOf)))
                {
                    Take(request, option, value);
                }

                request.AddTo(requests);
            }
            catch (FormatException error)
            {
                var shown = SecretText.Hide(null, Credential().Replace(command, SecretText.Mask));
                throw new FormatException($"{error.Message} In: {shown[..Math.Min(60, shown.Length)]}", error);
            }
        }

        return requests.All.Count > 0 ? requests.All : throw new FormatException("there is no line that begins with curl.");
    }

    // Letters may be joined, -sSL, and a value may be attached, -XPOST.
    private static IEnumerable<(string Option, string Value)> Options(IReadOnlyList<string> words)
    {
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index];
            if (word is not ['-', _, ..])
            {
                yield return (Url, word);
                continue;
            }

            if (word[1] == '-')
            {
                yield return (word, HasValue(word) ? Next(word) : string.Empty);
                continue;
            }

            for (var letter = 1; letter < word.Length; letter++)
            {
                var option = $"-{word[letter]}";
                if (HasValue(option))
                {
                    yield return (option, letter + 1 < word.Length ? word[(letter + 1)..] : Next(option));
                    break;
                }

                yield return (option, string.Empty);
            }

            string Next(string option) => ++index < words.Count ? words[index] : throw new FormatException($"{option} has no value.");
        }
    }

    private static bool HasValue(string option) => s_withValue.Contains(option) || s_ignoredWithValue.Contains(option);

    private static void Take(CurlRequest request, string option, string value)
    {
        switch (option)
        {
            case "-X" or "--request":
                request.Method = value;
                break;
            case "-I" or "--head":
                request.IsHead = true;
                break;
            case "-G" or "--get":
                request.IsDataInQuery = true;
                break;
            case "-g" or "--globoff":
                request.IsAddressLiteral = true;
                break;
            case Url:
                request.AddAddress(value);
                break;
            case "-H" or "--header":
                request.AddHeader(value);
                break;
            case "-A" or "--user-agent":
                request.AddDefault("User-Agent", value);
                break;
            case "-e" or "--referer":
                request.AddDefault("Referer", value);
                break;
            case "-b" or "--cookie":
                request.AddCookies(value);
                break;
            case "-u" or "--user":
                request.AddDefault("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}");
                break;
            case "--oauth2-bearer":
                request.AddDefault("Authorization", $"Bearer {value}");
                break;
            case "-d" or "--data" or "--data-raw" or "--data-binary" or "--data-ascii":
                request.AddData(Text(option, value, isFile: option != "--data-raw" && value.StartsWith('@')), FormType, "&");
                break;
            case "--data-urlencode":
                request.AddData(Encoded(value), FormType, "&");
                break;
            case "--json":
                request.AddData(Text(option, value, isFile: value.StartsWith('@')), JsonType, string.Empty);
                request.AddDefault("Accept", JsonType);
                break;
            default:
                TakeOther(option);
                break;
        }
    }

    private static void TakeOther(string option)
    {
        if (!s_ignored.Contains(option) && !s_ignoredWithValue.Contains(option))
        {
            throw new FormatException($"{option} is an option of curl that is not read. Remove it, or use --request.");
        }
    }

    private static string Text(string option, string value, bool isFile) => isFile ? throw new FormatException($"{option} {value} reads a file. Write the body itself.") : value;

    // VALUE, =VALUE or NAME=VALUE, the name as it is; NAME@FILE only where there is no equals sign.
    private static string Encoded(string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        _ = Text("--data-urlencode", value, isFile: equals < 0 && value.Contains('@', StringComparison.Ordinal));
        return $"{value[..Math.Max(equals, 0)]}{(equals > 0 ? "=" : string.Empty)}{Uri.EscapeDataString(value[(equals + 1)..])}";
    }

    // They are secrets by their place, whatever they look like.
    [GeneratedRegex(@"(?<=\s(-[A-Za-z]*[uUb]|--(user|proxy-user|cookie|oauth2-bearer))[\s\\=]*)('[^']*'?|""[^""]*""?|[^\s'""]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credential();
}
