namespace PerfLab.Collector.Personal;

/// <summary>Finds what looks like personal data in a text.</summary>
/// <param name="patterns">Kinds beyond those known here.</param>
internal sealed class PersonalText(IReadOnlyList<PersonalPattern> patterns)
{
    public const string Email = "e-mail address";
    public const string Card = "card number";
    public const string Token = "bearer token";

    /// <summary>Longer values are looked at as far as this; it bounds the work for one value.</summary>
    private const int MaxCharacters = 16_384;

    /// <summary>Says which kinds a text holds, each once.</summary>
    /// <param name="text">A value or a name.</param>
    public IReadOnlyList<string> KindsIn(string text)
    {
        // Nearly every text holds none, so a list is made only for those that do.
        List<string>? kinds = null;
        var head = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        Note(EmailAddresses.Find(head).Length > 0, Email);
        Note(CardNumbers.Find(head).Length > 0, Card);
        Note(BearerTokens.Find(head).Length > 0, Token);
        foreach (var pattern in patterns)
        {
            Note(pattern.Expression.IsMatch(head), pattern.Name);
        }

        return kinds ?? (IReadOnlyList<string>)[];

        void Note(bool isThere, string kind)
        {
            if (isThere)
            {
                (kinds ??= []).Add(kind);
            }
        }
    }

    /// <summary>Replaces what looks personal, so that a name can be shown.</summary>
    /// <param name="name">A span's name or an attribute's key.</param>
    public string Mask(string name)
    {
        var masked = name.Length > MaxCharacters ? name[..MaxCharacters] : name;
        masked = Replace(masked, EmailAddresses.Find, Email);
        masked = Replace(masked, CardNumbers.Find, Card);
        masked = Replace(masked, BearerTokens.Find, Token);
        return patterns.Aggregate(masked, (text, pattern) => pattern.Expression.Replace(text, _ => $"[{pattern.Name}]"));
    }

    private static string Replace(string text, Func<string, PersonalMatch> find, string kind)
    {
        var done = string.Empty;
        for (var match = find(text); match.Length > 0; match = find(text))
        {
            done += string.Concat(text.AsSpan(0, match.Start), "[", kind, "]");
            text = text[(match.Start + match.Length)..];
        }

        return done + text;
    }
}
