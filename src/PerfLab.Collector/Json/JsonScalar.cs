using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PerfLab.Collector.Schema;

namespace PerfLab.Collector.Json;

/// <summary>Turns JSON's numbers, texts and truths into field values. 64-bit integers come as numbers or as decimal texts.</summary>
internal static class JsonScalar
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
        var room = writer.Room(reader.ValueSpan.Length);
        if (!room.IsEmpty)
        {
            writer.Take(reader.CopyString(room));
        }

        writer.Close(start);
    }

    private static void Identifier(ref Utf8JsonReader reader, ref ProtoWriter writer)
    {
        Expect(IsText(reader) && !reader.ValueIsEscaped, "a hexadecimal id is expected");
        var hexadecimal = reader.ValueSpan;
        var start = writer.Open();
        var room = writer.Room(Math.Max(1, hexadecimal.Length / 2));
        if (!room.IsEmpty)
        {
            var status = Convert.FromHexString(hexadecimal, room[..(hexadecimal.Length / 2)], out var read, out var written);
            Expect(status == OperationStatus.Done && read == hexadecimal.Length, "a hexadecimal id is expected");
            writer.Take(written);
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
