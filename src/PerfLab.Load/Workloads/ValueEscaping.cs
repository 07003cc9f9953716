using System.Buffers.Text;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PerfLab.Load.Feeds;

namespace PerfLab.Load.Workloads;

/// <summary>Where in a request a value stands; it decides how the value is escaped.</summary>
internal enum ValuePlace
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>A path segment or a query, percent-encoded.</summary>
    Address,

    /// <summary>A header, as it is.</summary>
    Header,

    /// <summary>A form field, percent-encoded.</summary>
    Form,

    /// <summary>Inside a string of a JSON body, with JSON's escapes.</summary>
    JsonString,

    /// <summary>Elsewhere in a JSON body: a whole JSON value, as it is.</summary>
    JsonValue,

    /// <summary>An XML body, with character references.</summary>
    Xml,

    /// <summary>Inside CDATA of an XML body, as it is; what would end the section is spread over two.</summary>
    XmlCharacterData,

    /// <summary>Any other body, as it is.</summary>
    Body,
}

/// <summary>Turns values into the bytes that stand for them.</summary>
internal static class ValueEscaping
{
    // That of UTF-8, a character for each byte.
    private const string ByteOrderMark = "\u00EF\u00BB\u00BF";

    private const string CharacterDataStart = "<![CDATA[";
    private const string CharacterDataEnd = "]]>";

    /// <summary>Tells what a body is by its Content-Type; of one without, by its first character.</summary>
    public static ValuePlace PlaceIn(string? contentType, string body) =>
        contentType is null ? PlaceByContent(body.AsSpan(body.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? ByteOrderMark.Length : 0).TrimStart())
        : contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? ValuePlace.JsonValue
        : contentType.Contains("x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? ValuePlace.Form
        : contentType.Contains("xml", StringComparison.OrdinalIgnoreCase) ? ValuePlace.Xml
        : ValuePlace.Body;

    /// <summary>Escapes a value.</summary>
    /// <exception cref="FormatException">The value cannot stand there; the message says why, without the place.</exception>
    public static byte[] Escape(string value, ValueForm form, ValuePlace place) => form switch
    {
        ValueForm.Base64 => Decode(value, place),
        ValueForm.Raw => Encode(value, place),
        _ => place switch
        {
            // A dot segment would be taken as "this folder" or "the one above" and change the path.
            ValuePlace.Address when value is "." or ".." => Encoding.ASCII.GetBytes(value.Replace(".", "%2E", StringComparison.Ordinal)),
            ValuePlace.Address or ValuePlace.Form => Encoding.ASCII.GetBytes(Uri.EscapeDataString(value)),
            ValuePlace.JsonString => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray(),
            ValuePlace.JsonValue when !IsJson(value) => throw new FormatException("is not a JSON value and stands outside a string. Put quotes around the placeholder, or use its form :raw"),
            ValuePlace.XmlCharacterData => Encoding.UTF8.GetBytes(value.Replace(CharacterDataEnd, $"]]{CharacterDataEnd}{CharacterDataStart}>", StringComparison.Ordinal)),
            ValuePlace.Xml => Encoding.UTF8.GetBytes(SecurityElement.Escape(value)),
            _ => Encode(value, place),
        },
    };

    /// <summary>Follows a body: tells where a value stands that comes after a part of it.</summary>
    /// <param name="place">What the body is: <see cref="ValuePlace.JsonValue"/> or <see cref="ValuePlace.Xml"/>; of others every part is alike.</param>
    /// <param name="text">More of the body.</param>
    /// <param name="before">Where this part stands.</param>
    public static ValuePlace PlaceAfter(ValuePlace place, string text, ValuePlace before) => place switch
    {
        ValuePlace.JsonValue => EndsInString(text, before == ValuePlace.JsonString) ? ValuePlace.JsonString : place,
        ValuePlace.Xml => EndsInCharacterData(text, before == ValuePlace.XmlCharacterData) ? ValuePlace.XmlCharacterData : place,
        _ => place,
    };

    private static ValuePlace PlaceByContent(ReadOnlySpan<char> body) => body switch
    {
        ['{' or '[', ..] => ValuePlace.JsonValue,
        ['<', ..] => ValuePlace.Xml,
        _ => ValuePlace.Body,
    };

    private static bool EndsInCharacterData(string text, bool isInside)
    {
        for (var at = 0; at >= 0;)
        {
            var next = isInside ? CharacterDataEnd : CharacterDataStart;
            at = text.IndexOf(next, at, StringComparison.Ordinal);
            if (at >= 0)
            {
                at += next.Length;
                isInside = !isInside;
            }
        }

        return isInside;
    }

    private static bool EndsInString(string text, bool inString)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                inString = !inString;
            }
            else if (text[i] == '\\' && inString)
            {
                i++;
            }
        }

        return inString;
    }

    // Head lines are Latin-1 (RequestSerializer), bodies UTF-8.
    private static byte[] Encode(string value, ValuePlace place)
    {
        if (place is not (ValuePlace.Address or ValuePlace.Header))
        {
            return Encoding.UTF8.GetBytes(value);
        }

        var unsendable = place == ValuePlace.Header
            ? value.FirstOrDefault(c => !RequestValidator.IsHeaderCharacter(c))
            : value.FirstOrDefault(c => c is <= ' ' or >= (char)127);
        return unsendable == default && !value.Contains('\0', StringComparison.Ordinal)
            ? Encoding.Latin1.GetBytes(value)
            : throw new FormatException($"holds U+{(int)unsendable:X4}, which a {(place == ValuePlace.Header ? "header" : "path")} cannot carry. Remove it, or encode it");
    }

    private static byte[] Decode(string value, ValuePlace place)
    {
        if (place is ValuePlace.Address or ValuePlace.Header)
        {
            throw new FormatException("cannot be sent as bytes here. Use the form :base64 in a body");
        }

        return Base64.IsValid(value) ? Convert.FromBase64String(value) : throw new FormatException("is not base64. Correct the feed, or leave :base64 out");
    }

    private static bool IsJson(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
