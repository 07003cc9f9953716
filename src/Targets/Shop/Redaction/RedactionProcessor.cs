using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using OpenTelemetry;

namespace Shop.Redaction;

/// <summary>
/// Takes personal data out of every span that ends, before the exporters see it: name, status, attributes, and the
/// attributes of events and links. It must be added before the exporters are.
/// </summary>
/// <param name="redaction">What to take out.</param>
internal sealed class RedactionProcessor(Redactor redaction) : BaseProcessor<Activity>
{
    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (!data.IsAllDataRequested)
        {
            return;
        }

        RedactAttributes(data);
        RedactTexts(data);
        foreach (ref readonly var one in data.EnumerateEvents())
        {
            RedactInPlace(one.EnumerateTagObjects());
        }

        foreach (ref readonly var link in data.EnumerateLinks())
        {
            RedactInPlace(link.EnumerateTagObjects());
        }
    }

    private void RedactAttributes(Activity span)
    {
        // Most spans have nothing to change, and then nothing is allocated.
        List<KeyValuePair<string, object?>>? changes = null;
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (redaction.Covers(tag.Key))
            {
                // Setting an attribute to null takes it away.
                (changes ??= []).Add(new(tag.Key, redaction.Hashes ? redaction.Replace(TextOf(tag.Value)) : null));
            }
            else if (Redact(tag.Value) is var value && !ReferenceEquals(value, tag.Value))
            {
                (changes ??= []).Add(new(tag.Key, value));
            }
        }

        foreach (var (key, value) in changes ?? [])
        {
            span.SetTag(key, value);
        }
    }

    private void RedactTexts(Activity span)
    {
        if (redaction.Redact(span.DisplayName) is var name && !ReferenceEquals(name, span.DisplayName))
        {
            span.DisplayName = name;
        }

        if (span.StatusDescription is { } description && redaction.Redact(description) is var safe && !ReferenceEquals(safe, description))
        {
            span.SetStatus(span.Status, safe);
        }
    }

    /// <summary>
    /// System.Diagnostics has no way to change an event or a link once it is there, and the message of an exception is
    /// where personal data slips in most easily. The enumerator hands out references into the list itself.
    /// </summary>
    private void RedactInPlace(Activity.Enumerator<KeyValuePair<string, object?>> tags)
    {
        while (tags.MoveNext())
        {
            ref readonly var tag = ref tags.Current;
            var value = redaction.Covers(tag.Key) ? redaction.Replace(TextOf(tag.Value)) : Redact(tag.Value);
            if (!ReferenceEquals(value, tag.Value))
            {
                Unsafe.AsRef(in tag) = new(tag.Key, value);
            }
        }
    }

    /// <returns>The same object when nothing was found in it.</returns>
    private object? Redact(object? value)
    {
        switch (value)
        {
            case string text:
                return redaction.Redact(text);
            case long or ulong or decimal:
                // A card number fits into a number as well; smaller types have no room for one.
                return TextOf(value) is var digits && redaction.Redact(digits) is var safe && !ReferenceEquals(safe, digits) ? safe : value;
            case string?[] texts when Array.Exists(texts, text => text is not null && !ReferenceEquals(redaction.Redact(text), text)):
                return Array.ConvertAll(texts, text => text is null ? null : redaction.Redact(text));
            default:
                return value;
        }
    }

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
