using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Shop.Settings;

/// <summary>What is taken out of spans before they leave the process. Mail addresses and card numbers always are.</summary>
internal sealed record RedactionSettings
{
    /// <summary>Gets a value indicating whether a keyed hash takes the place of what is found, so that equal values can still be told.</summary>
    public required bool Hashes { get; init; }

    /// <summary>Gets the attributes whose whole value is taken out, as full names, or beginnings that end with <c>*</c>.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>Gets one more pattern of text to take out; null for none. It runs in linear time.</summary>
    public required Regex? Pattern { get; init; }

    /// <summary>
    /// Gets the key of the hash. Without one, anybody who has the span could try all card numbers; a random one of the
    /// process is used when the environment gives none.
    /// </summary>
    public required ImmutableArray<byte> Secret { get; init; }
}

/// <summary>Reads what is to be taken out of spans.</summary>
internal static class RedactionSettingsReader
{
    private const string Mode = "SHOP_REDACTION";
    private const string Keys = "SHOP_REDACTION_KEYS";
    private const string Pattern = "SHOP_REDACTION_PATTERN";
    private const string Secret = "SHOP_REDACTION_SECRET";

    // The output of SHA-256, RFC 2104 section 3: a longer key adds nothing.
    private const int SecretLength = 32;

    /// <summary>Reads and checks.</summary>
    /// <param name="reader">The variables; collects the faults.</param>
    /// <returns>The settings; null when nothing is taken out.</returns>
    public static RedactionSettings? Read(VariableReader reader)
    {
        var mode = reader.Choice(Mode, "none", "remove", "hash");
        var keys = reader.Text(Keys);
        var pattern = reader.Text(Pattern);
        if (mode is null or "none")
        {
            foreach (var name in (string[])[Keys, Pattern, Secret])
            {
                if (reader.Text(name) is not null)
                {
                    reader.ReportUnused(name, $"{Mode} is not set: set that to remove or hash");
                }
            }

            return null;
        }

        return new RedactionSettings
        {
            Hashes = mode == "hash",
            Keys = keys is null ? [] : [.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            Pattern = pattern is null ? null : ReadPattern(reader, pattern),
            Secret = reader.Text(Secret) is { } secret ? [.. Encoding.UTF8.GetBytes(secret)] : [.. RandomNumberGenerator.GetBytes(SecretLength)],
        };
    }

    private static Regex? ReadPattern(VariableReader reader, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            reader.ReportInvalid(Pattern, pattern, $"Write a regular expression without lookaround and backreferences: {exception.Message}");
            return null;
        }
    }
}
