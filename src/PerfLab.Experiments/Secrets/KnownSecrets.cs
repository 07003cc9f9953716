using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfLab.Experiments.Secrets;

/// <summary>
/// The secrets that this process has met in scenarios, command lines and its environment, so that they are hidden in what others
/// say as well: the output of targets, error messages, findings. Where files and screens are written, texts pass through <see cref="Hide"/>.
/// </summary>
public static class KnownSecrets
{
    // Shorter values occur in ordinary text; where they stand under their own name they are hidden all the same. The same holds for
    // short numbers.
    internal const int LeastLength = 6;
    private const int LeastDigits = 8;

    // Addresses, and passwords that everybody knows.
    private static readonly string[] s_ordinary = ["localhost", "127.0.0.1", "postgres", "rabbitmq", "password", "secret"];

    private static ImmutableArray<string> s_values = [];
    private static volatile bool s_areSomeMissing;

    /// <summary>Gets the secrets, the longest first.</summary>
    public static IReadOnlyList<string> Values => s_values;

    /// <summary>Remembers a secret, also without the scheme before it, and how it reads when it is encoded or decoded.</summary>
    /// <param name="value">The secret.</param>
    /// <param name="names">Names that must stay readable although they are part of it, such as those of arms in files.</param>
    public static void Add(string value, params IReadOnlyCollection<string> names) => AddAll([value], names);

    /// <summary>Remembers secrets as <see cref="Add"/> does.</summary>
    /// <param name="values">The secrets.</param>
    /// <param name="names">Names that must stay readable although they are part of one.</param>
    public static void AddAll(IEnumerable<string> values, params IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(names);
        string[] added = [.. values.SelectMany(FormsOf).Select(form => form.Trim()).Where(form => IsTelling(form) && !names.Any(name => name.Contains(form, StringComparison.Ordinal)))];
        ImmutableInterlocked.Update(ref s_values, known => [.. known.Union(added, StringComparer.Ordinal).OrderByDescending(each => each.Length)]);
    }

    /// <summary>Remembers that something is sent whose secrets are not known: what a service says may repeat them, and is hidden.</summary>
    public static void MissSome() => s_areSomeMissing = true;

    /// <summary>Shows what a service says without the secrets, and not at all if some of them are not known.</summary>
    public static string HideForeign(string text) => text.Length > 0 && s_areSomeMissing ? SecretText.Mask : Hide(SecretText.Hide(null, text));

    /// <summary>Shows a text without the secrets.</summary>
    public static string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in s_values)
        {
            text = text.Replace(secret, SecretText.Mask, StringComparison.Ordinal);
        }

        return text;
    }

    private static string[] FormsOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string[] plain = [.. new[] { value, Uri.UnescapeDataString(value), Unescaped(value) }.SelectMany(form => new[] { form, WithoutScheme(form) })];
        return [.. plain, .. plain.Select(form => form.Trim('\'', '"', '`', ')', ']')), .. plain.SelectMany(Decoded), .. plain.Select(form => Uri.EscapeDataString(form)), .. plain.Select(form => JsonEncodedText.Encode(form).ToString())];
    }

    private static string WithoutScheme(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && SecretText.Schemes.Contains(text[..space], StringComparer.OrdinalIgnoreCase) ? text[space..].Trim() : text;

    private static bool IsTelling(string form) =>
        form.Length >= (form.All(char.IsAsciiDigit) ? LeastDigits : LeastLength)
        && !s_ordinary.Contains(form, StringComparer.OrdinalIgnoreCase)
        && !form.Contains(SecretText.Mask, StringComparison.Ordinal);

    // A string of JSON, as a service reads it.
    private static string Unescaped(string text)
    {
        try
        {
            return text.Contains('\\', StringComparison.Ordinal) ? JsonSerializer.Deserialize<string>($"\"{text}\"") ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    // user:password of Basic authentication (RFC 7617): what a service makes of it, and its second half.
    private static IEnumerable<string> Decoded(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64String(text, bytes, out var count))
        {
            return [];
        }

        var decoded = Encoding.UTF8.GetString(bytes, 0, count);
        return decoded.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !decoded.Any(char.IsControl) ? [decoded, decoded[(colon + 1)..]] : [];
    }
}

/// <summary>Writes every text of a JSON file without the secrets.</summary>
internal sealed class SecretlessTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(KnownSecrets.Hide(value));

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
