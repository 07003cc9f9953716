using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace PerfLab.Collector.Payloads;

/// <summary>
/// Turns OTLP/JSON into protobuf's wire format in one pass, so that everything behind it sees one form only
/// (OTLP specification, "JSON Protobuf Encoding": ids are hexadecimal, enumerations are numbers, unknown names are passed over).
/// </summary>
internal static class JsonTranscoder
{
    /// <summary>The shortest message, <c>{},</c>, becomes a tag and a padded length: 6 bytes of 3.</summary>
    public const int MaxGrowth = 2;

    /// <summary>Transcodes.</summary>
    /// <param name="json">A whole JSON text in UTF-8.</param>
    /// <param name="shape">The message that it should be.</param>
    /// <param name="maxNesting">How many levels of messages may lie inside the outermost.</param>
    /// <param name="output">Where the protobuf goes.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static JsonError? Transcode(ReadOnlySpan<byte> json, MessageSchema shape, int maxNesting, PooledBody output)
    {
        // A message may add an object and an array around it.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = (2 * maxNesting) + 2 });
        var writer = new ProtoWriter(output);
        try
        {
            reader.Read();
            Message(ref reader, ref writer, shape, maxNesting);
            reader.Read();
            return writer.Error == BodyError.None ? null : new JsonError(null, reader.TokenStartIndex, writer.Error);
        }
        catch (JsonException malformed)
        {
            return new JsonError(malformed.Message, reader.TokenStartIndex, BodyError.None);
        }
        catch (InvalidOperationException malformed)
        {
            // What the reader throws for an escape that is half of a surrogate pair, or bytes that are not UTF-8.
            return new JsonError(malformed.Message, reader.TokenStartIndex, BodyError.None);
        }
    }

    private static void Message(ref Utf8JsonReader reader, ref ProtoWriter writer, MessageSchema shape, int levelsLeft)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "an object is expected");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = shape.Find(ref reader);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Field(ref reader, ref writer, field, levelsLeft);
            }
        }
    }

    private static void Field(ref Utf8JsonReader reader, ref ProtoWriter writer, FieldSchema field, int levelsLeft)
    {
        if (!field.Repeated)
        {
            Value(ref reader, ref writer, field, levelsLeft);
            return;
        }

        Expect(reader.TokenType == JsonTokenType.StartArray, "an array is expected");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Value(ref reader, ref writer, field, levelsLeft);
        }
    }

    private static void Value(ref Utf8JsonReader reader, ref ProtoWriter writer, FieldSchema field, int levelsLeft)
    {
        writer.Tag(field.Number, field.WireType);
        if (field.Message is not { } inner)
        {
            JsonScalarTranscoder.Transcode(ref reader, ref writer, field.Kind);
            return;
        }

        Expect(levelsLeft > 0, "messages are nested too deeply");
        var start = writer.Open();
        Message(ref reader, ref writer, inner, levelsLeft - 1);
        writer.Close(start);
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}

/// <summary>Turns JSON's numbers, texts and truths into field values. 64-bit integers come as numbers or as decimal texts.</summary>
internal static class JsonScalarTranscoder
{
    /// <summary>Writes the value that the reader stands on.</summary>
    /// <exception cref="JsonException">It is not a value of that kind.</exception>
    public static void Transcode(ref Utf8JsonReader reader, ref ProtoWriter writer, FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Boolean:
                Expect(reader.TokenType is JsonTokenType.True or JsonTokenType.False, "true or false is expected");
                writer.Varint(reader.GetBoolean() ? 1UL : 0);
                break;
            case FieldKind.Int64:
                writer.Varint((ulong)Number<long>(ref reader));
                break;
            case FieldKind.UInt32:
                writer.Varint(Number<uint>(ref reader));
                break;
            case FieldKind.Fixed32:
                writer.Fixed32(Number<uint>(ref reader));
                break;
            case FieldKind.Fixed64:
                writer.Fixed64(Number<ulong>(ref reader));
                break;
            case FieldKind.Enumeration:
                Expect(reader.TokenType == JsonTokenType.Number, "the number of an enumeration is expected");
                writer.Varint((ulong)(long)Number<int>(ref reader));
                break;
            case FieldKind.Float64:
                writer.Fixed64(BitConverter.DoubleToUInt64Bits(Float(ref reader)));
                break;
            case FieldKind.Binary:
                Expect(IsText(reader) && reader.TryGetBytesFromBase64(out _), "base64 is expected");
                writer.Bytes(reader.GetBytesFromBase64());
                break;
            case FieldKind.Identifier:
                Identifier(ref reader, ref writer);
                break;
            default:
                Text(ref reader, ref writer);
                break;
        }
    }

    private static void Text(ref Utf8JsonReader reader, ref ProtoWriter writer)
    {
        Expect(IsText(reader), "a text is expected");
        if (!reader.ValueIsEscaped)
        {
            writer.Bytes(reader.ValueSpan);
            return;
        }

        // Unescaping only shortens.
        var start = writer.Open();
        var room = writer.GetSpan(reader.ValueSpan.Length);
        if (!room.IsEmpty)
        {
            writer.Advance(reader.CopyString(room));
        }

        writer.Close(start);
    }

    private static void Identifier(ref Utf8JsonReader reader, ref ProtoWriter writer)
    {
        Expect(IsText(reader) && !reader.ValueIsEscaped, "a hexadecimal id is expected");
        var hexadecimal = reader.ValueSpan;
        var start = writer.Open();
        var room = writer.GetSpan(Math.Max(1, hexadecimal.Length / 2));
        if (!room.IsEmpty)
        {
            var status = Convert.FromHexString(hexadecimal, room[..(hexadecimal.Length / 2)], out var read, out var written);
            Expect(status == OperationStatus.Done && read == hexadecimal.Length, "a hexadecimal id is expected");
            writer.Advance(written);
        }

        writer.Close(start);
    }

    private static T Number<T>(ref Utf8JsonReader reader)
        where T : struct, IUtf8SpanParsable<T>, IConvertible
    {
        Expect(reader.TokenType is JsonTokenType.Number or JsonTokenType.String, "an integer is expected");
        var digits = reader.ValueSpan;
        if (T.TryParse(digits, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        // JSON may write an integer as 1e3 or 5.0 (protobuf.dev, "ProtoJSON Format": exponents are accepted for integers).
        Expect(double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number), "an integer is expected");
        try
        {
            return (T)Convert.ChangeType(number, typeof(T), CultureInfo.InvariantCulture);
        }
        catch (OverflowException overflow)
        {
            throw new JsonException("an integer is out of its range", overflow);
        }
    }

    private static double Float(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType is JsonTokenType.Number or JsonTokenType.String, "a number is expected");
        var digits = reader.ValueSpan;
        if (reader.TokenType == JsonTokenType.String)
        {
            // .NET's names of these three are the same as JSON's, but it takes more spellings than protobuf does.
            if (digits.SequenceEqual("NaN"u8))
            {
                return double.NaN;
            }

            if (digits.SequenceEqual("Infinity"u8) || digits.SequenceEqual("-Infinity"u8))
            {
                return digits[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            }
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        Expect(double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), "a number is expected");
        return number;
    }

    private static bool IsText(in Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String;

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}

/// <summary>Why a JSON payload could not be read.</summary>
/// <param name="Reason">What is wrong; null if there is no room for the result instead.</param>
/// <param name="Position">Where, in bytes from the start of the payload.</param>
/// <param name="BodyError">What the room says.</param>
internal sealed record JsonError(string? Reason, long Position, BodyError BodyError);
