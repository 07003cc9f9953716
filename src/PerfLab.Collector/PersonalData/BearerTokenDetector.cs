namespace PerfLab.Collector.PersonalData;

/// <summary>Finds tokens that let their bearer in: the scheme Bearer with its credentials (RFC 6750, 2.1), and JSON Web Tokens (RFC 7519) anywhere.</summary>
internal static class BearerTokenDetector
{
    private const string Scheme = "bearer ";

    // Shorter words after the scheme are prose ("bearer token").
    private const int FewestCharacters = 16;

    /// <summary>Finds the first one.</summary>
    public static PersonalDataMatch Find(string text)
    {
        for (var at = text.IndexOf(Scheme, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(Scheme, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + Scheme.Length;
            var end = EndOf(text, start);
            if (end - start >= FewestCharacters)
            {
                return new PersonalDataMatch(at, end - at);
            }
        }

        return FindWebToken(text);
    }

    // The header of a JSON Web Token is a JSON object, whose first characters {" are eyJ in base64url.
    private static PersonalDataMatch FindWebToken(string text)
    {
        for (var at = text.IndexOf("eyJ", StringComparison.Ordinal); at >= 0; at = text.IndexOf("eyJ", at + 1, StringComparison.Ordinal))
        {
            var end = EndOf(text, at);
            var token = text.AsSpan(at, end - at);
            if (token.Count('.') == 2 && token.Length >= 2 * FewestCharacters && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                return new PersonalDataMatch(at, end - at);
            }
        }

        return default;
    }

    private static int EndOf(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '.' or '_' or '~' or '+' or '/' or '='))
        {
            end++;
        }

        return end;
    }
}
