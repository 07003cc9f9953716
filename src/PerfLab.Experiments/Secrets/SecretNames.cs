using System.Text.RegularExpressions;

namespace PerfLab.Experiments.Secrets;

/// <summary>Decides by its name whether a variable, header, parameter or option holds a secret.</summary>
public static partial class SecretNames
{
    // Longer than most words that name a mode or a column.
    private const int LengthOfKeys = 16;

    // Words of a name, and what is often written as one word with others. A name with one of the words may also be that of a
    // setting: of a sort key, of a mode of authentication.
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "keys", "token", "tokens", "pass", "pwd", "auth", "bearer", "jwt", "sig", "signature", "dsn", "otp", "sid", "csrf", "xsrf", "pw", "cred", "creds",
    };

    private static readonly string[] s_parts =
    [
        "password", "passwd", "passphrase", "passcode", "secret", "token", "apikey", "accesskey", "privatekey", "authkey", "signingkey", "webhook", "authorization", "cookie",
        "credential", "sessionid",
        "honeycombteam", // Honeycomb's name for its API key.
    ];

    /// <summary>Tells whether the value behind a name must not be shown: keys, tokens, passwords, secrets, authorization, cookies.</summary>
    /// <param name="name">A name in any style: <c>X-Api-Key</c>, <c>DB_PASSWORD</c>, <c>accessToken</c>, <c>--api-key</c>.</param>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // As in a form: user%5Bpass%5D.
        name = Uri.UnescapeDataString(name);

        // The shell's working folder.
        return name != "PWD" && (IsCertain(name) || (WordPattern().EnumerateMatches(name) is var words && AnySecret(name, words)));
    }

    /// <summary>Tells whether a value is a secret wherever it turns up, and not only behind its name.</summary>
    /// <param name="name">A name for which <see cref="IsSecret"/> holds, or null for a value that needs none.</param>
    /// <param name="value">Its value.</param>
    internal static bool IsSecretAnywhere(string? name, string value) =>
        name is null || IsCertain(name) || value.Length >= LengthOfKeys || (value.Any(char.IsAsciiDigit) && value.Any(char.IsLetter));

    private static bool IsCertain(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit));
        return s_parts.Any(part => letters.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Tells whether a variable holds a list of headers, as <c>OTEL_EXPORTER_OTLP_HEADERS</c> does: each of its values is a secret.</summary>
    public static bool IsHeaderList(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith("_HEADERS", StringComparison.OrdinalIgnoreCase);
    }

    private static bool AnySecret(string name, Regex.ValueMatchEnumerator words)
    {
        foreach (var word in words)
        {
            if (s_words.Contains(name.Substring(word.Index, word.Length)))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordPattern();
}
