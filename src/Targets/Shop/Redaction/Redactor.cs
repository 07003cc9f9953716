using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Shop.Settings;

namespace Shop.Redaction;

/// <summary>Takes personal data out of text. Safe for many callers at once.</summary>
/// <param name="settings">What to take out, and what takes its place.</param>
internal sealed class Redactor(RedactionSettings settings)
{
    /// <summary>What stands where something was removed.</summary>
    public const string Removed = "[redacted]";

    // 64 bits: two of a million values share a hash once in 30 million shops (birthday bound, n squared over 2^65).
    private const int HashBytes = 8;

    private readonly byte[] _secret = [.. settings.Secret];
    private readonly ImmutableArray<string> _keys = [.. settings.Keys.Where(key => !key.EndsWith('*'))];
    private readonly ImmutableArray<string> _prefixes = [.. settings.Keys.Where(key => key.EndsWith('*')).Select(key => key[..^1])];

    private delegate Range? Finder(ReadOnlySpan<char> text, int from);

    /// <summary>Gets a value indicating whether a hash takes the place of what is found.</summary>
    public bool Hashes => settings.Hashes;

    /// <summary>Finds out whether the whole value of an attribute is to be taken out.</summary>
    /// <param name="key">The attribute.</param>
    /// <returns>True when the settings name it.</returns>
    public bool Covers(string key)
    {
        foreach (var name in _keys)
        {
            if (string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var prefix in _prefixes)
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes what takes the place of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A fixed word, or a hash that is the same for the same value.</returns>
    public string Replace(ReadOnlySpan<char> value) => settings.Hashes ? $"[hash:{Hash(value)}]" : Removed;

    /// <summary>Takes out what is found in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without it; the same object when nothing was found.</returns>
    public string Redact(string text)
    {
        // Card numbers first: what takes the place of others may contain digits.
        text = ReplaceAll(text, CardNumbers.Find);
        text = ReplaceAll(text, EmailAddresses.Find);
        return settings.Pattern is { } pattern && pattern.IsMatch(text) ? pattern.Replace(text, match => Replace(match.ValueSpan)) : text;
    }

    private string ReplaceAll(string text, Finder find)
    {
        if (find(text, 0) is not { } found)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var done = 0;
        for (Range? next = found; next is { } range; next = find(text, done))
        {
            result.Append(text, done, range.Start.Value - done).Append(Replace(text.AsSpan(range)));
            done = range.End.Value;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private string Hash(ReadOnlySpan<char> value)
    {
        // However it is written, the same address or number has the same hash.
        var bare = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (character is not (' ' or '-'))
            {
                bare.Append(char.ToLowerInvariant(character));
            }
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(bare.ToString())).AsSpan(0, HashBytes));
    }
}
