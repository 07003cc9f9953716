using System.Buffers;

namespace PerfLab.Experiments.Secrets;

/// <summary>
/// The passages of a text in which a secret may stand. Patterns that step back are slow in bodies of megabytes, which are mostly
/// free of secrets: one pass finds the words with which names of secrets and credentials begin.
/// </summary>
internal static class SecretPassages
{
    // A shorter text is searched as a whole.
    private const int ShortLength = 16 * 1024;

    // The rest of the name, and the headers of a part of a form.
    private const int LengthBefore = 256;
    private const int LengthOfName = 128;

    // Longer than tokens and private keys are; a value that goes on is taken to its end.
    private const int LengthAfter = 8 * 1024;

    private static readonly SearchValues<char> s_ends = SearchValues.Create("\"'<&;\r\n");

    // With letters that are written with a separator among them, as in sess-ion, a name is found in short texts only.
    private static readonly SearchValues<string> s_words = SearchValues.Create(
        [
            "key", "token", "pass", "pwd", "auth", "bearer", "jwt", "sig", "dsn", "otp", "sid", "csrf", "xsrf", "pw", "cred", "webhook", "secret", "cookie",
            "session", "honeycomb",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_signs = SearchValues.Create(
        ["://", "@tcp(", "@unix(", "Bearer ", "Basic ", "bearer%20", "eyJ", "PRIVATE KEY-", "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "xox", "k_live_", "k_test_", "AKIA", "ASIA", "sk-proj-", "sk-ant-", "AIza", "npm_", "hf_", "glsa_", "glc_", "dop_v1_", "pypi-", "NRAK-", "SG.", "dt0c01.", "hooks.slack.com"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the passages, in order and apart from each other.</summary>
    public static IReadOnlyList<(int Start, int End)> Find(string text)
    {
        if (text.Length <= ShortLength)
        {
            return [(0, text.Length)];
        }

        var passages = new List<(int Start, int End)>();
        foreach (var place in Places(text, s_words, IsName).Concat(Places(text, s_signs, IsCredential)).Order())
        {
            var start = Math.Max(0, place - LengthBefore);
            if (passages is [.., var last] && start <= last.End)
            {
                if (place + LengthAfter > last.End)
                {
                    passages[^1] = (last.Start, EndAfter(text, place));
                }
            }
            else
            {
                passages.Add((start, EndAfter(text, place)));
            }
        }

        return passages;
    }

    private static List<int> Places(string text, SearchValues<string> words, Func<string, int, bool> isOne)
    {
        var places = new List<int>();
        for (var at = 0; text.AsSpan(at).IndexOfAny(words) is >= 0 and var distance; at++)
        {
            at += distance;
            if (isOne(text, at))
            {
                places.Add(at);
            }
        }

        return places;
    }

    // What follows a name: the end of a quotation or of a tag, a separator, or the blank before the value of an option.
    private static bool IsName(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LengthOfName && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-' or '[' or ']' or '%'))
        {
            end++;
        }

        return end < text.Length && text[end] is '=' or ':' or '"' or '\'' or '\\' or '>' or ' ' or '\t';
    }

    // Of addresses only those before an @ have credentials.
    private static bool IsCredential(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(text.Length - at, 4 * LengthBefore));
        return !rest.StartsWith("://", StringComparison.Ordinal) || rest.IndexOf('@') is > 0 and var sign && rest[..sign].IndexOfAny(" \r\n\"") < 0;
    }

    private static int EndAfter(string text, int place)
    {
        var least = Math.Min(text.Length, place + LengthAfter);
        var distance = text.AsSpan(least).IndexOfAny(s_ends);
        return distance < 0 ? text.Length : least + distance + 1;
    }
}
