using System.Text.RegularExpressions;

namespace PerfLab.Collector.PersonalData;

/// <summary>Finds what looks like personal data in a text.</summary>
/// <param name="patterns">Kinds beyond those known here.</param>
internal sealed class PersonalDataDetector(IReadOnlyList<PersonalDataRegex> patterns)
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
        Note(EmailAddressDetector.Find(head).Length > 0, Email);
        Note(CardNumberDetector.Find(head).Length > 0, Card);
        Note(BearerTokenDetector.Find(head).Length > 0, Token);
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
        masked = Replace(masked, EmailAddressDetector.Find, Email);
        masked = Replace(masked, CardNumberDetector.Find, Card);
        masked = Replace(masked, BearerTokenDetector.Find, Token);
        return patterns.Aggregate(masked, (text, pattern) => pattern.Expression.Replace(text, _ => $"[{pattern.Name}]"));
    }

    private static string Replace(string text, Func<string, PersonalDataMatch> find, string kind)
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

/// <summary>A kind of personal data that a scenario adds.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Expression">What it looks like; without backtracking, so that no value can make it slow.</param>
public sealed record PersonalDataRegex(string Name, Regex Expression);

/// <summary>Where something stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its length; 0 where nothing was found.</param>
internal readonly record struct PersonalDataMatch(int Start, int Length);
